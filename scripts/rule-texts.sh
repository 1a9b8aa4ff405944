#!/bin/sh
# Writes Sources/Audit/RuleTexts.swift: the documentation comment of every rule in Rules/, by the rule's id.
# That comment is what `tcptune explain RULE` prints, so it is taken from the source and nowhere else.
# A text stands between #""" and """#, so any character but that sequence may be used in it.
set -eu
cd "$(dirname "$0")/../Sources/Audit"
LC_ALL=C
export LC_ALL

{
    cat <<'HEAD'
// swift-format-ignore-file
// Written by scripts/rule-texts.sh from the comments in Rules/: change those, and run it again.

import Model

/// The documentation comment of each rule, by id.
enum RuleTexts {
    static let byID: [RuleID: String] = [
HEAD
    awk '
        # A comment belongs to the declaration right below it.
        /^\/\/\/( |$)/ { comment = comment substr($0, 5) "\n"; next }
        /^(public )?struct [A-Za-z0-9]+: Rule \{/ { text = comment; comment = ""; next }
        /static let id = RuleID\./ {
            if (text != "") {
                split($0, part, "RuleID")
                printf "        %s: #\"\"\"\n%s\"\"\"#,\n", part[2], text
                text = ""
            }
        }
        { comment = "" }
    ' Rules/*.swift
    printf '    ]\n}\n'
} >RuleTexts.swift.new
mv RuleTexts.swift.new RuleTexts.swift
