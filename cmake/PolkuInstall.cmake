# Install rules, package config and pkg-config file.
