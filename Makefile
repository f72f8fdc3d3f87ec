# Flatnet. `make demo` and `make demo-logs` show it working, `make test` proves it, `make bench` and `make bench-logs` measure it.

CONFIGURATION ?= Release
ARCHITECTURE  := $(shell uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
RUNTIME       ?= linux-$(ARCHITECTURE)

DESTDIR     ?=
CNI_BIN_DIR ?= /opt/cni/bin
CNI_CONF_DIR ?= /etc/cni/net.d
LOG_CONF_DIR ?= /etc/flatnet
PREFIX      ?= /usr/local
UNIT_DIR    := $(PREFIX)/lib/systemd/system
UNITS       := flatnetd.service flatnet-agent@.service flatnet-agent-flush.service flatnet-agent-flush.timer
MAN_DIR     := $(PREFIX)/share/man/man1
# Where the shells look by themselves.
BASH_COMPLETION := $(PREFIX)/share/bash-completion/completions/flatnet
ZSH_COMPLETION  := $(PREFIX)/share/zsh/site-functions/_flatnet
FISH_COMPLETION := $(PREFIX)/share/fish/vendor_completions.d/flatnet.fish
STATE_DIR   ?= /var/lib/cni/flatnet
# PURGE=1: uninstall also deletes the leases and reservations of the network `flatnet`.
PURGE ?=

PLUGIN   := artifacts/cni/flatnet
COMMAND  := artifacts/bin/flatnet
SERVER   := artifacts/server/flatnetd
AGENT    := artifacts/bin/flatnet-agent
CONFLIST := config/10-flatnet.conflist

export DOTNET_CLI_TELEMETRY_OPTOUT = 1
export DOTNET_NOLOGO = 1

.PHONY: build build-plugin build-command build-server build-agent install uninstall demo demo-logs test bench bench-logs format clean

# The linker's notes about getpwnam and the like in a static glibc are expected: nothing here asks for user names.
build: build-plugin build-command build-server build-agent

build-plugin:
	scripts/install-packages.sh build
	dotnet publish src/Flatnet.Cni/Flatnet.Cni.csproj -c $(CONFIGURATION) -r $(RUNTIME) -o artifacts/publish/cni -v quiet --nologo
	install -D -m 755 artifacts/publish/cni/flatnet $(PLUGIN)
	ln -sf flatnet artifacts/cni/flatnet-ipam

build-command:
	scripts/install-packages.sh build
	dotnet publish src/Flatnet.Cli/Flatnet.Cli.csproj -c $(CONFIGURATION) -r $(RUNTIME) -o artifacts/publish/cli -v quiet --nologo
	install -D -m 755 artifacts/publish/cli/flatnet $(COMMAND)
	rm -rf artifacts/man artifacts/completions
	$(COMMAND) manual artifacts/man > /dev/null
	mkdir -p artifacts/completions
	for shell in bash zsh fish; do $(COMMAND) completion $$shell > artifacts/completions/$$shell || exit 1; done

# One file with the runtime in it, and SQLite's library beside it.
build-server:
	scripts/install-packages.sh build
	# A publish over an older one may leave out the library, and delete the one that was there.
	rm -rf artifacts/publish/server
	dotnet publish src/Flatnet.Server/Flatnet.Server.csproj -c $(CONFIGURATION) -r $(RUNTIME) --self-contained -p:PublishSingleFile=true -o artifacts/publish/server -v quiet --nologo
	install -D -m 755 artifacts/publish/server/flatnetd $(SERVER)
	install -m 755 artifacts/publish/server/*.so artifacts/server

build-agent:
	scripts/install-packages.sh build
	dotnet publish src/Flatnet.Agent/Flatnet.Agent.csproj -c $(CONFIGURATION) -r $(RUNTIME) -o artifacts/publish/agent -v quiet --nologo
	install -D -m 755 artifacts/publish/agent/flatnet-agent $(AGENT)

install:
	install -D -m 755 $(PLUGIN) $(DESTDIR)$(CNI_BIN_DIR)/flatnet
	ln -sfn flatnet $(DESTDIR)$(CNI_BIN_DIR)/flatnet-ipam
	install -D -m 644 $(CONFLIST) $(DESTDIR)$(CNI_CONF_DIR)/10-flatnet.conflist
	install -D -m 755 $(COMMAND) $(DESTDIR)$(PREFIX)/bin/flatnet
	install -D -m 644 -t $(DESTDIR)$(MAN_DIR) artifacts/man/*.1
	install -D -m 644 artifacts/completions/bash $(DESTDIR)$(BASH_COMPLETION)
	install -D -m 644 artifacts/completions/zsh $(DESTDIR)$(ZSH_COMPLETION)
	install -D -m 644 artifacts/completions/fish $(DESTDIR)$(FISH_COMPLETION)
	install -D -m 755 -t $(DESTDIR)$(PREFIX)/lib/flatnetd artifacts/server/*
	ln -sfn ../lib/flatnetd/flatnetd $(DESTDIR)$(PREFIX)/bin/flatnetd
	install -D -m 755 $(AGENT) $(DESTDIR)$(PREFIX)/bin/flatnet-agent
	ln -sfn flatnet-agent $(DESTDIR)$(PREFIX)/bin/keruta-agent
	install -D -m 644 -t $(DESTDIR)$(UNIT_DIR) $(addprefix packaging/systemd/,$(UNITS))
	# A configuration that somebody has edited stays.
	for name in flatnetd.yaml agent.yaml; do \
	  [ -e $(DESTDIR)$(LOG_CONF_DIR)/$$name ] || install -D -m 644 config/$$name $(DESTDIR)$(LOG_CONF_DIR)/$$name || exit 1; \
	done

# Exactly what install put there, and the directories it made if they are empty now.
uninstall:
	rm -f $(DESTDIR)$(CNI_BIN_DIR)/flatnet $(DESTDIR)$(CNI_BIN_DIR)/flatnet-ipam $(DESTDIR)$(CNI_CONF_DIR)/10-flatnet.conflist
	rm -f $(DESTDIR)$(PREFIX)/bin/flatnet $(DESTDIR)$(MAN_DIR)/flatnet.1 $(DESTDIR)$(MAN_DIR)/flatnet-*.1
	rm -f $(DESTDIR)$(BASH_COMPLETION) $(DESTDIR)$(ZSH_COMPLETION) $(DESTDIR)$(FISH_COMPLETION)
	rm -rf $(DESTDIR)$(PREFIX)/lib/flatnetd
	rm -f $(DESTDIR)$(PREFIX)/bin/flatnetd $(DESTDIR)$(PREFIX)/bin/flatnet-agent $(DESTDIR)$(PREFIX)/bin/keruta-agent
	rm -f $(addprefix $(DESTDIR)$(UNIT_DIR)/,$(UNITS))
	# Configurations as they were installed; edited ones stay.
	for name in flatnetd.yaml agent.yaml; do \
	  if cmp -s config/$$name $(DESTDIR)$(LOG_CONF_DIR)/$$name; then rm -f $(DESTDIR)$(LOG_CONF_DIR)/$$name; fi; \
	done
	$(if $(PURGE),rm -rf $(DESTDIR)$(STATE_DIR))

demo: build-plugin
	scripts/install-packages.sh demo
	scripts/demo.sh

demo-logs: build-command build-server build-agent
	scripts/install-packages.sh demo
	scripts/demo-logs.sh

test: build
	scripts/install-packages.sh test
	tests/run

bench: build
	scripts/install-packages.sh test
	bench/run

bench-logs: build-server build-agent
	scripts/install-packages.sh test
	bench/logs

format:
	dotnet format Flatnet.Cni.sln

clean:
	rm -rf artifacts
	find . -type d \( -name bin -o -name obj -o -name TestResults \) -prune -exec rm -rf {} +
