#!/usr/bin/env python3
"""Holds what Cargo.lock brings in against deny.toml: licences, banned packages, sources.

The same rules as `cargo deny check bans licenses sources`, which takes minutes to build where it is missing. This
reads `cargo metadata` instead and takes a second. It knows the keys that deny.toml uses and refuses any other, so
that a rule written there is never silently ignored. Run from the root of the repository; `--self-test` first shows
that each rule can fail.
"""

import json
import re
import subprocess
import sys
import tomllib

PUBLIC_REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"

KNOWN_KEYS = {
    "graph": {"all-features"},
    "licenses": {"allow", "confidence-threshold", "private"},
    "bans": {"multiple-versions", "wildcards", "allow-wildcard-paths", "deny"},
    "sources": {"unknown-registry", "unknown-git"},
}


def main():
    with open("deny.toml", "rb") as file:
        rules = tomllib.load(file)
    refuse_unknown_keys(rules)
    self_test(rules)
    if sys.argv[1:] == ["--self-test"]:
        print("each rule of deny.toml can fail")
        return
    metadata = json.loads(
        subprocess.run(
            ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"],
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
    )
    found = findings(rules, metadata)
    for finding in found:
        print(finding)
    foreign = sum(1 for package in metadata["packages"] if package["source"])
    if not foreign:
        found.append("no packages")
        print("cargo metadata lists no package from outside: nothing was checked")
    if found:
        sys.exit(1)
    print(f"{foreign} packages: licences, bans and sources as deny.toml allows")


def refuse_unknown_keys(rules):
    for table, keys in rules.items():
        unknown = set(keys) - KNOWN_KEYS.get(table, set())
        if unknown:
            sys.exit(f"deny.toml: [{table}] has {sorted(unknown)}, which tests/dependencies.py does not know")


def findings(rules, metadata):
    """Every break of a rule, as a sentence."""
    allowed = set(rules["licenses"]["allow"])
    banned = {ban["crate"]: ban["reason"] for ban in rules["bans"]["deny"]}
    found = []
    for package in sorted(metadata["packages"], key=lambda package: package["id"]):
        name = f"{package['name']} {package['version']}"
        source = package["source"]
        if package["name"] in banned:
            found.append(f"{name} is banned: {banned[package['name']]}")
        if source is None:
            found += wildcards(package)
            continue
        if source != PUBLIC_REGISTRY:
            found.append(f"{name} comes from {source.split('+')[0]}, not from the public registry")
        if not package["license"]:
            found.append(f"{name} names no licence")
        elif not licence_allowed(package["license"], allowed):
            found.append(f"{name} is under {package['license']}, which deny.toml does not allow")
    return found


def wildcards(package):
    return [
        f"{package['name']} asks for any version of {dependency['name']}"
        for dependency in package["dependencies"]
        if dependency["req"] == "*" and not dependency.get("path")
    ]


def licence_allowed(expression, allowed):
    """Whether an SPDX expression can be met with allowed licences alone. `A/B` is the old way to write `A OR B`."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def either():
        ok = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            ok = both() or ok
        return ok

    def both():
        ok = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            ok = one() and ok
        return ok

    def one():
        token = tokens.pop(0)
        if token == "(":
            ok = either()
            tokens.pop(0)
            return ok
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            token = f"{token} WITH {tokens.pop(0)}"
        return token in allowed

    return either()


def self_test(rules):
    """A check that cannot fail proves nothing: each rule is shown a package that breaks it, and one that does not."""
    def package(**changes):
        good = {
            "id": "p", "name": "p", "version": "1.0.0", "license": "MIT",
            "source": PUBLIC_REGISTRY, "dependencies": [],
        }
        return {"packages": [good | changes]}

    assert findings(rules, package()) == []
    assert findings(rules, package(license="GPL-3.0 OR (MIT AND Zlib)")) == []
    assert findings(rules, package(license="LGPL-2.1/Apache-2.0")) == []
    for broken in (
        {"license": "GPL-3.0-only"},
        {"license": "MIT AND GPL-3.0-only"},
        {"license": "(MIT OR Zlib) AND SSPL-1.0"},
        {"license": "Apache-2.0 WITH Unheard-of-exception"},
        {"license": None},
        {"name": rules["bans"]["deny"][0]["crate"]},
        {"source": "git+https://example.test/p"},
        {"source": None, "dependencies": [{"name": "q", "req": "*"}]},
    ):
        assert len(findings(rules, package(**broken))) == 1, f"not found: {broken}"


if __name__ == "__main__":
    main()
