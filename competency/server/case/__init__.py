"""The CASE REST API of 1EdTech, versions 1.0 and 1.1: frameworks for programs that take them."""

from competency.server.case.endpoints import case_api as case_api
