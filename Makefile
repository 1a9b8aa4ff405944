# make audit   builds tcptune and audits this machine
# make test    runs every test
# make help    says what else there is

PREFIX ?= /usr/local
DESTDIR ?=

SWIFT ?= swift
# One binary that needs only glibc and libnl-3; resolved when it starts; no path of the builder's left in it.
# libstdc++ and libgcc go in as well: to load and bind the shared ones takes a third of the time to start. A directory
# that holds nothing but the archives makes the linker take them.
# Functions of the same instructions become one (370 KiB): nobody here compares their addresses, or key paths, which do.
# TOMLKit asks Foundation for calendars that no profile has; with that archive come 40 MB of ICU, so it is left out, and
# what would need it is dropped as unused.
# Relative relocations are packed where this glibc can read them (2.36): 24 bytes each become two bits. Since 2.34 all that is
# used of libresolv lies in libc: one library less to open at every start.
RELEASE = -c release --static-swift-stdlib --disable-local-rpath \
          -Xswiftc -use-ld=lld -Xlinker --icf=all -Xlinker --no-export-dynamic \
          -Xlinker -z -Xlinker now -Xlinker -s -Xlinker -L$(CURDIR)/.build/archives \
          -Xlinker --remap-inputs=*/libFoundation.a=/dev/null \
          $(if $(PACKED),-Xlinker -z -Xlinker pack-relative-relocs -Xlinker --remap-inputs=*/libresolv.so=/dev/null)
PACKED = $(shell scripts/glibc-packs-relocations && echo yes)
# The directory, asked for only when a recipe needs it; and what is installed from it.
BIN = $$($(SWIFT) build -c release --show-bin-path)
BINARY = $(BIN)/tcptune
PAGES = $(filter-out man/tcptune-agent.8,$(wildcard man/*.[1-9]))
# The directory of the agent's two programs.
AGENT = $(BIN)
UNITS = tcptune-agent.service tcptune-owners.service tcptune-owners.socket

# Kernels of Debian beside this machine's own.
KERNELS ?= 5.10 6.1 6.12 7.3
# The one that is rebooted, and how often its power is cut.
REBOOTED ?= 6.1
CUTS ?= 4

.PHONY: help audit build agent test test-agent receivers dashboards bench bench-agent situations honest kernels faults reboot install install-built install-agent install-agent-built uninstall uninstall-agent deb dist image packages lint format fuzz clean

help:
	@sed -n 's/^#: //p' $(MAKEFILE_LIST)

#: make audit [ARGS=...]   build, and audit this machine; findings are no error
audit: build
	@"$(BIN)/tcptune" audit $(ARGS); status=$$?; \
	    if [ $$status -gt 1 ]; then echo "tcptune audit ended with status $$status" >&2; fi

#: make build              the release binary
build:
	@scripts/need swift
	@scripts/need package pkg-config "to find libnl" libnl-3-dev "to talk to the kernel by netlink"
	@mkdir -p .build/archives
	@for cc in clang gcc; do \
	    archive=$$($$cc -print-file-name=libstdc++.a 2>/dev/null) && [ -f "$$archive" ] || continue; \
	    ln -sf "$$archive" .build/archives/; \
	    ln -sf "$$($$cc -print-file-name=libgcc_eh.a)" .build/archives/libgcc_s.a; break; \
	done
	$(SWIFT) build --product tcptune $(RELEASE)

#: make agent              the release binaries of tcptune-agent, with its web server, and of its helper; fetches SwiftNIO and compiles it
agent:
	@scripts/need swift
	@scripts/need package pkg-config "to find libraries" libnl-3-dev "to talk to the kernel by netlink" \
	    libyaml-dev "to read web configuration files" libcrypt-dev "to check passwords"
	@$(MAKE) --no-print-directory build
	TCPTUNE_AGENT=1 $(SWIFT) build --product tcptune-agent $(RELEASE)
	TCPTUNE_AGENT=1 $(SWIFT) build --product tcptune-owners $(RELEASE)

#: make test [FILTER=...]  all tests; as an ordinary user, those that need no root
test:
	@scripts/need swift
	@scripts/need package pkg-config "to find libnl" libnl-3-dev "to talk to the kernel by netlink"
	@scripts/need package --optional \
	    iproute2 "ss and ip, to compare with and to join namespaces" \
	    procps "sysctl --system, to compare with" systemd "systemd-sysctl, to compare with" \
	    nftables "to lose packets on purpose" python3 "makes the scenes" \
	    python3-jsonschema "checks JSON output" mandoc "checks the manual" jq "types the documentation's examples" \
	    chromium "opens the HTML report" cmark-gfm "reads the Markdown report" nginx "a server to load" strace "injects failures" util-linux "unshare and nsenter" \
	    nsd "servers of names, from the root down" unbound "asks them for others" libidn2-0 "names of other scripts" libsqlite3-0 "keeps the history" \
	    prometheus "promtool, which checks metrics" \
	    ldnsutils "drill, to compare with" bind9-dnsutils "dig, to compare with" \
	    tshark "captures and reads packets, to compare with" \
	    bash-completion "loads what completes words in bash" zsh "completes words" fish "completes words"
	@scripts/test $(if $(FILTER),--filter $(FILTER))

#: make test-agent         tests of what only the agent needs; fetches SwiftNIO and compiles it, some minutes the first time
test-agent:
	@scripts/need swift
	@scripts/need package pkg-config "to find libraries" libnl-3-dev "to talk to the kernel by netlink" \
	    libyaml-dev "to read web configuration files" libcrypt-dev "to check passwords" \
	    curl "asks the server" openssl "makes certificates" python3 "speaks TLS by hand"
	@TCPTUNE_AGENT=1 scripts/test --no-parallel --filter '^WebTests'

#: make receivers          Alertmanager and webhooks hear of real ports that run out, as root; builds the agent
receivers: agent
	@scripts/need package prometheus-alertmanager "hears of alerts" openssl "makes certificates" python3 "runs it"
	Tests/Receivers/receivers "$(BIN)/tcptune-agent"

#: make dashboards         a real Prometheus is asked every expression of the dashboards, as root; builds the agent
dashboards: agent
	@scripts/need package prometheus "scrapes the agents" python3 "runs it"
	Tests/Dashboards/expressions "$(BIN)/tcptune-agent"

#: make bench [ARGS=...]   compares with ss, load generators and minimal C programs; ARGS=--quick for a first look
bench: build
	@scripts/need package gcc "compiles the yardsticks" libc6-dev "for them" iproute2 "ss, to compare with" \
	    python3 "runs the comparison" util-linux "namespaces, and one processor for both sides"
	@scripts/need package --optional nginx "a server to load" curl "to compare with" wrk "to compare with" apache2-utils "ab, to compare with" \
	    hey "to compare with" git "fetches neper, to compare with" make "builds it"
	python3 Benchmarks/tuning.py --tcptune "$(BIN)/tcptune"
	@python3 Benchmarks/bench.py --tcptune "$(BIN)/tcptune" $(ARGS); one=$$?; \
	    python3 Benchmarks/load.py --tcptune "$(BIN)/tcptune" $(ARGS); two=$$?; \
	    python3 Benchmarks/trace.py --tcptune "$(BIN)/tcptune" $(filter --quick,$(ARGS)); three=$$?; \
	    exit $$((one | two | three))

#: make kernels [KERNELS=…]  records anew what the tool shows on other kernels, in virtual machines, and tests it
kernels: build
	@scripts/need package qemu-system-x86 "runs other kernels" busybox-static "their first program" \
	    xz-utils "unpacks their modules" python3 "makes conditions there" iproute2 "joins namespaces" \
	    nftables "loses packets on purpose"
	Tests/OtherKernels/get $(KERNELS)
	Tests/OtherKernels/all "$(BIN)/tcptune" $(KERNELS)
	@scripts/test --filter recorded

#: make reboot [CUTS=4]     boots a machine with systemd, reboots it and cuts its power; shows what is left of a change
reboot: build
	@scripts/need package qemu-system-x86 "runs the machine" busybox-static "its first program" \
	    xz-utils "unpacks its kernel's modules" mmdebstrap "fetches its packages" e2fsprogs "makes its disk" \
	    python3 "boots it and watches"
	Tests/OtherKernels/get $(REBOOTED)
	Tests/Reboot/all "$(BIN)/tcptune" "$$(cd .build/kernels && ls -d $(REBOOTED).* | sort -V | tail -1)" $(CUTS)

#: make fuzz [SECONDS=60]   feeds each reader of foreign bytes with damaged ones, so long each
fuzz:
	@scripts/need swift
	@scripts/need package pkg-config "to find libnl" libnl-3-dev "to talk to the kernel by netlink"
	@scripts/fuzz $(or $(SECONDS),60)

#: make faults [ARGS=...]  breaks every command at every system call, cuts the power, damages the journal; ARGS=--full
faults: build
	@scripts/need package python3 "runs the trials" strace "injects failures" util-linux "unshare, for hosts of their own"
	Tests/Faults/run --tcptune "$(BIN)/tcptune" $(ARGS)

#: make bench-agent [ARGS=...]  compares tcptune-agent with node_exporter's tcpstat; ARGS=--quick for a first look
bench-agent: agent
	@scripts/need package gcc "compiles what makes sockets" libc6-dev "for it" python3 "runs the comparison" util-linux "namespaces"
	@scripts/need package --optional prometheus-node-exporter "to compare with"
	@python3 Benchmarks/agent.py --agent "$(BIN)/tcptune-agent" $(ARGS)

#: make situations [ARGS=...]  makes what goes wrong on real servers, and writes docs/situations.md; ARGS="--only 'ports-*'"
situations: build
	@scripts/need package python3 "makes the situations" iproute2 "joins namespaces, and confirms them by ss" \
	    nftables "loses packets, and translates addresses" util-linux "unshare, nsenter and setpriv"
	Tests/Situations/run --tcptune "$(BIN)/tcptune" $(or $(ARGS),--write docs/situations.md)

#: make honest [ARGS=...]   counts false verdicts of equals and finds of what differs, and writes docs/statistics.md; ARGS=--quick for few
honest: build
	@scripts/need package python3 "runs the trials" iproute2 "joins namespaces" procps "sysctl, in them"
	Tests/Honest/run --tcptune "$(BIN)/tcptune" --write docs/statistics.md $(ARGS)

#: make install            into PREFIX (/usr/local), below DESTDIR if given
install: build
	@$(MAKE) --no-print-directory install-built BINARY="$(BIN)/tcptune"

# The same from a program that is built already; the one list of what is installed, of packages, too.
install-built:
	install -D -m 755 "$(BINARY)" "$(DESTDIR)$(PREFIX)/bin/tcptune"
	@for profile in profiles/*.toml; do \
	    install -D -v -m 644 "$$profile" "$(DESTDIR)$(PREFIX)/share/tcptune/$$profile"; \
	done
	scripts/schemas "$(BINARY)" "$(DESTDIR)$(PREFIX)/share/tcptune/schema"
	@for page in $(PAGES); do \
	    install -D -v -m 644 "$$page" "$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}"; \
	done
	scripts/completions "$(BINARY)" "$(DESTDIR)$(PREFIX)/share"

#: make uninstall          takes that away again
uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/tcptune"
	@for profile in profiles/*.toml; do rm -f "$(DESTDIR)$(PREFIX)/share/tcptune/$$profile"; done
	scripts/schemas --remove "$(DESTDIR)$(PREFIX)/share/tcptune/schema"
	-@rmdir "$(DESTDIR)$(PREFIX)/share/tcptune/profiles" "$(DESTDIR)$(PREFIX)/share/tcptune/schema" "$(DESTDIR)$(PREFIX)/share/tcptune" 2>/dev/null
	@for page in $(PAGES); do rm -f "$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}"; done
	scripts/completions --remove "$(DESTDIR)$(PREFIX)/share"

#: make install-agent      the agent, its helper and their units for systemd, into PREFIX, below DESTDIR if given
install-agent: agent
	@$(MAKE) --no-print-directory install-agent-built AGENT="$(BIN)"

install-agent-built:
	install -D -m 755 "$(AGENT)/tcptune-agent" "$(DESTDIR)$(PREFIX)/bin/tcptune-agent"
	install -D -m 755 "$(AGENT)/tcptune-owners" "$(DESTDIR)$(PREFIX)/bin/tcptune-owners"
	@for unit in $(UNITS); do \
	    install -D -v -m 644 "packaging/systemd/$$unit" "$(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit"; \
	    sed -i 's,=/usr/bin/,=$(PREFIX)/bin/,' "$(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit"; \
	done
	install -D -m 644 packaging/systemd/tcptune-agent.sysusers "$(DESTDIR)$(PREFIX)/lib/sysusers.d/tcptune-agent.conf"
	install -D -m 644 man/tcptune-agent.8 "$(DESTDIR)$(PREFIX)/share/man/man8/tcptune-agent.8"
	install -D -m 644 packaging/agent.toml "$(DESTDIR)$(PREFIX)/share/doc/tcptune-agent/examples/agent.toml"

#: make uninstall-agent    takes that away again
uninstall-agent:
	rm -f "$(DESTDIR)$(PREFIX)/bin/tcptune-agent" "$(DESTDIR)$(PREFIX)/bin/tcptune-owners"
	@for unit in $(UNITS); do rm -f "$(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit"; done
	rm -f "$(DESTDIR)$(PREFIX)/lib/sysusers.d/tcptune-agent.conf" "$(DESTDIR)$(PREFIX)/share/man/man8/tcptune-agent.8"
	rm -rf "$(DESTDIR)$(PREFIX)/share/doc/tcptune-agent"

#: make deb                a Debian package, in .build/packages
deb: build
	@scripts/need package debhelper "makes the package" dpkg-dev "finds what it depends on"
	scripts/deb "$(BIN)/tcptune" .build/packages

#: make dist               sources, programs, what is in them (SPDX) and their checksums, in .build/dist
dist: build
	@scripts/need package binutils "strips the program" python3 "lists what is in it" git "archives the sources" xz-utils "packs them"
	scripts/dist "$(BIN)/tcptune" .build/dist

#: make image              a container image, as an OCI archive in .build/packages
image: build
	@scripts/need package buildah "makes the image" binutils "strips the program"
	scripts/image "$(BIN)/tcptune" .build/packages

#: make packages           all three twice, compared, checked and tried in a Debian 12 and a Debian 13
packages: build
	@scripts/need package debhelper "makes the package" dpkg-dev "finds what it depends on" \
	    lintian "checks the package" buildah "makes the image" mmdebstrap "makes the systems" binutils "strips the program" \
	    python3 "lists what is in it" python3-venv "for the validator of that list" git "archives the sources" xz-utils "packs them"
	Tests/Packages/all "$(BIN)/tcptune"

#: make lint               formatting, the rules of CONTRIBUTING, the manual
lint:
	@scripts/lint

#: make format             formats the sources in place
format:
	$(SWIFT) format -i -r -p Package.swift Sources Tests

#: make clean              removes what was built
clean:
	rm -rf .build
