"""What pages show: plain values made from the graph, which the templates only have to print."""
