"""Tests of CTDL-ASN in and out."""
