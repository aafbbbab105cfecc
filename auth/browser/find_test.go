package browser

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// machine is a pretend one: env as KEY=value, the commands and files on it.
func machine(goos string, env, commands, files []string) Machine {
	return Machine{
		GOOS:    goos,
		Environ: func() []string { return env },
		Env: func(key string) string {
			for _, entry := range env {
				if value, ok := strings.CutPrefix(entry, key+"="); ok {
					return value
				}
			}
			return ""
		},
		Exists: func(path string) bool { return slices.Contains(files, path) },
		LookPath: func(name string) (string, error) {
			if slices.Contains(commands, name) {
				return name, nil
			}
			return "", errors.New("not found")
		},
	}
}

func TestFindTakesTheFirstWayThatFits(t *testing.T) {
	xdg := []string{"xdg-open", "x-www-browser", "firefox"}
	tests := map[string]struct {
		goos          string
		env, commands []string
		override      string
		want          string // the command, "library", or "" for none
		reason        string // part of it
	}{
		"a desktop":                         {"linux", []string{"DISPLAY=:0"}, xdg, "", "xdg-open", ""},
		"Wayland":                           {"linux", []string{"WAYLAND_DISPLAY=wayland-0"}, xdg, "", "xdg-open", ""},
		"a desktop without xdg-utils":       {"linux", []string{"DISPLAY=:0"}, []string{"gio"}, "", "gio open", ""},
		"a desktop without any":             {"linux", []string{"DISPLAY=:0"}, nil, "", "", "install xdg-utils"},
		"no display":                        {"linux", nil, xdg, "", "", "no display"},
		"SSH with a forwarded display":      {"linux", []string{"DISPLAY=:10", "SSH_CONNECTION=a 1 b 22"}, xdg, "", "", "SSH"},
		"SSH to a Mac":                      {"darwin", []string{"SSH_TTY=/dev/ttys1"}, []string{"open"}, "", "", "SSH"},
		"a Mac":                             {"darwin", nil, []string{"open"}, "", "open", ""},
		"FreeBSD":                           {"freebsd", []string{"DISPLAY=:0"}, xdg, "", "xdg-open", ""},
		"Windows":                           {"windows", nil, []string{"rundll32"}, "", "rundll32 url.dll,FileProtocolHandler", ""},
		"Windows without rundll32":          {"windows", nil, nil, "", "library", ""},
		"the library would pass a secret":   {"windows", []string{"CLIENT_SECRET=x"}, nil, "", "", "inherit a secret"},
		"another system":                    {"plan9", nil, nil, "", "library", ""},
		"WSL with wslu":                     {"linux", []string{"WSL_DISTRO_NAME=Debian"}, append(xdg, "wslview", "rundll32.exe"), "", "wslview", ""},
		"WSL without wslu":                  {"linux", []string{"WSL_INTEROP=/run/x"}, append(xdg, "rundll32.exe"), "", "rundll32.exe url.dll,FileProtocolHandler", ""},
		"WSL with Windows out of PATH":      {"linux", []string{"WSL_INTEROP=/run/x"}, []string{windowsRundll}, "", windowsRundll + " url.dll,FileProtocolHandler", ""},
		"WSL without interop":               {"linux", []string{"WSL_DISTRO_NAME=Debian"}, nil, "", "", "wslu"},
		"SSH into WSL":                      {"linux", []string{"WSL_DISTRO_NAME=Debian", "SSH_TTY=x"}, []string{"wslview"}, "", "", "SSH"},
		"the override":                      {"linux", nil, xdg, "firefox --new-window", "firefox --new-window", ""},
		"the override over SSH":             {"linux", []string{"SSH_TTY=x"}, xdg, "firefox", "firefox", ""},
		"TABGATE_BROWSER":                   {"linux", []string{"TABGATE_BROWSER=firefox -P 'my profile'"}, xdg, "", "firefox -P my profile", ""},
		"BROWSER with its own %s":           {"linux", []string{"BROWSER=firefox --new-tab %s"}, xdg, "", "firefox --new-tab", ""},
		"BROWSER":                           {"linux", []string{"BROWSER=firefox"}, xdg, "", "firefox", ""},
		"TABGATE_BROWSER before BROWSER":    {"linux", []string{"BROWSER=xdg-open", "TABGATE_BROWSER=firefox"}, xdg, "", "firefox", ""},
		"the override before both":          {"linux", []string{"BROWSER=xdg-open", "TABGATE_BROWSER=firefox"}, xdg, "none", "", "as configured"},
		"none":                              {"linux", []string{"DISPLAY=:0", "TABGATE_BROWSER=none"}, xdg, "", "", "as configured"},
		"a command that is not there":       {"linux", []string{"DISPLAY=:0"}, xdg, "opera", "", "TABGATE_BROWSER"},
		"an open quote":                     {"linux", []string{"DISPLAY=:0"}, xdg, "firefox '", "", "words"},
		"a browser for the terminal":        {"linux", nil, []string{"w3m"}, "w3m", "", "terminal of its own"},
		"a path to one for the terminal":    {"linux", nil, []string{"/usr/bin/lynx"}, "/usr/bin/lynx -x", "", "terminal of its own"},
		"the first of a list that is there": {"linux", nil, xdg, "opera:firefox -P x:xdg-open", "firefox -P x", ""},
		"a list with one for the terminal":  {"linux", []string{"BROWSER=w3m:firefox"}, append(xdg, "w3m"), "", "firefox", ""},
		"a list that ends in none":          {"linux", []string{"DISPLAY=:0"}, xdg, "opera:none", "", "not found"},
		"a list that begins with none":      {"linux", []string{"DISPLAY=:0"}, xdg, "none:firefox", "", "as configured"},
		"a list of nothing":                 {"linux", []string{"DISPLAY=:0"}, xdg, " : ", "", "names no program"},
		"an address is no list":             {"linux", nil, xdg, "firefox --proxy=http://127.0.0.1", "firefox --proxy=http://127.0.0.1", ""},
		"a quoted colon":                    {"linux", nil, xdg, "firefox '-P a:b'", "firefox -P a:b", ""},
		"a Windows path":                    {"windows", nil, []string{"C:/firefox.exe"}, "C:/firefox.exe -new-tab", "C:/firefox.exe -new-tab", ""},
		"shell characters are only words":   {"linux", nil, []string{"firefox"}, "firefox; rm -rf $HOME", "", "not found"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o, reason := machine(test.goos, test.env, test.commands, nil).Find(test.override)
			got := strings.Join(o.argv, " ")
			if o.library {
				got = "library"
			}
			if got != test.want || o.Found() != (test.want != "") {
				t.Errorf("found %q, want %q", got, test.want)
			}
			if (reason == "") != o.Found() || !strings.Contains(reason, test.reason) {
				t.Errorf("reason %q, want something about %q", reason, test.reason)
			}
		})
	}
}

func TestU4OnlyTheDesktopsOwnOpenerIsTrustedWithALink(t *testing.T) {
	all := []string{"xdg-open", "open", "rundll32", "rundll32.exe", "wslview", "firefox"}
	tests := map[string]struct {
		goos     string
		env      []string
		override string
		want     bool
	}{
		"a desktop":          {"linux", []string{"DISPLAY=:0"}, "", true},
		"FreeBSD":            {"freebsd", []string{"WAYLAND_DISPLAY=x"}, "", true},
		"a command":          {"linux", []string{"DISPLAY=:0"}, "firefox", false},
		"BROWSER":            {"linux", []string{"DISPLAY=:0", "BROWSER=xdg-open"}, "", false},
		"WSL":                {"linux", []string{"DISPLAY=:0", "WSL_DISTRO_NAME=Debian"}, "", false},
		"a Mac":              {"darwin", nil, "", false},
		"Windows":            {"windows", nil, "", false},
		"an SSH session":     {"linux", []string{"DISPLAY=:0", "SSH_TTY=x"}, "", false},
		"no browser at all":  {"linux", nil, "", false},
		"an unknown command": {"linux", []string{"DISPLAY=:0"}, "opera", false},
		"a container":        {"linux", []string{"DISPLAY=:0", "container=podman", "FILE=/.dockerenv"}, "", true},
		"ChromeOS":           {"linux", []string{"DISPLAY=:0", "FILE=/dev/.cros_milestone"}, "", false},
	}
	for name, tt := range tests {
		m := machine(tt.goos, tt.env, all, nil)
		m.Exists = func(path string) bool { return path == m.Env("FILE") }
		if o, _ := m.Find(tt.override); o.Desktop() != tt.want {
			t.Errorf("%s: %v", name, o.Desktop())
		}
	}
}

func TestCommandsAreSplitIntoWordsWithoutAShell(t *testing.T) {
	tests := map[string]struct {
		in   string
		want []string
		bad  bool
	}{
		"one word":            {"firefox", []string{"firefox"}, false},
		"several spaces":      {"  firefox \t -P  x ", []string{"firefox", "-P", "x"}, false},
		"double quotes":       {`"C:\Program Files\Firefox\firefox.exe" -new-tab`, []string{`C:\Program Files\Firefox\firefox.exe`, "-new-tab"}, false},
		"single quotes":       {`open -a 'Google Chrome'`, []string{"open", "-a", "Google Chrome"}, false},
		"a quote in a quote":  {`a "it's"`, []string{"a", "it's"}, false},
		"an empty word":       {`a ""`, []string{"a", ""}, false},
		"nothing":             {" ", nil, false},
		"a quote left open":   {`a "b`, nil, true},
		"no expansion at all": {"a $HOME `id` $(id) *;|&", []string{"a", "$HOME", "`id`", "$(id)", "*;|&"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := splitWords(test.in)
			if !slices.Equal(got, test.want) || (err != nil) != test.bad {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestT11TheChildsEnvironmentHoldsNoSecret(t *testing.T) {
	in := []string{
		"PATH=/bin", "DISPLAY=:0", "HOME=/home/me", "XAUTHORITY=/x", "DBUS_SESSION_BUS_ADDRESS=unix:x", "XDG_ACTIVATION_TOKEN=t", "LANG=C.UTF-8",
		"CLIENT_SECRET=s", "AWS_COGNITO_USER_POOL_CLIENT_SECRET=s", "aws_cognito_user_pool_client_secret=s", "AWS_SECRET_ACCESS_KEY=s",
		"AWS_SESSION_TOKEN=s", "AWS_ACCESS_KEY_ID=s", "GITHUB_TOKEN=s", "PGPASSWORD=s", "SOME_API_KEY=s", "COGNITO_DOMAIN=d", "CLIENT_ID=c",
		"AWS_COGNITO_USER_POOL_CLIENT_ID=c", "TABGATE_PROFILE=p", "APP_URI=u", "LOGOUT_URI=u",
	}
	if got := withoutSecrets(in); !slices.Equal(got, in[:7]) {
		t.Errorf("kept %q", got)
	}
}

func TestRemotePlacesAreRecognised(t *testing.T) {
	tests := map[string]struct {
		goos       string
		env, files []string
		want       string
	}{
		"a plain machine":    {"linux", []string{"DISPLAY=:0"}, nil, ""},
		"SSH":                {"linux", []string{"SSH_CONNECTION=10.0.0.9 5000 10.0.0.1 22"}, nil, SSH},
		"SSH by its client":  {"darwin", []string{"SSH_CLIENT=10.0.0.9 5000 22"}, nil, SSH},
		"WSL":                {"linux", []string{"WSL_DISTRO_NAME=Ubuntu"}, nil, WSL},
		"WSL under sudo":     {"linux", nil, []string{"/proc/sys/fs/binfmt_misc/WSLInterop"}, WSL},
		"SSH into WSL":       {"linux", []string{"WSL_INTEROP=x", "SSH_TTY=y"}, nil, SSH},
		"Docker":             {"linux", nil, []string{"/.dockerenv"}, Container},
		"Podman":             {"linux", []string{"container=podman"}, nil, Container},
		"Kubernetes":         {"linux", []string{"KUBERNETES_SERVICE_HOST=10.0.0.1"}, nil, Container},
		"a dev container":    {"linux", []string{"REMOTE_CONTAINERS=true"}, nil, Container},
		"a codespace":        {"linux", []string{"CODESPACES=true"}, nil, Container},
		"a file on a Mac":    {"darwin", nil, []string{"/.dockerenv"}, ""},
		"an empty variable":  {"linux", []string{"SSH_TTY="}, nil, ""},
		"a container on SSH": {"linux", []string{"SSH_TTY=x", "container=lxc"}, nil, SSH},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			kind, note := machine(test.goos, test.env, nil, test.files).Remote()
			if kind != test.want || (note == "") != (kind == "") {
				t.Errorf("got %q: %q", kind, note)
			}
		})
	}
}

// Only loopback listens, so a published port leads nowhere.
func TestTheWordsForAContainerNameWhatWorksThere(t *testing.T) {
	_, note := machine("linux", nil, nil, []string{"/.dockerenv"}).Remote()
	for _, want := range []string{"paste the address", "--network host", "editor's port forwarding"} {
		if !strings.Contains(note, want) {
			t.Errorf("no %q in %q", want, note)
		}
	}
	if strings.Contains(note, "or publish") {
		t.Errorf("it gives advice that cannot work: %s", note)
	}
}

func TestTheForwardingLineIsExact(t *testing.T) {
	tests := map[string]struct {
		env  []string
		uri  string // several, with spaces between
		want string
	}{
		"a local pool, too":       {[]string{"SSH_CONNECTION=10.0.0.9 50000 10.0.0.1 22", "USER=ana"}, "http://localhost:8501/ http://127.0.0.1:9229", "ssh -L 8501:localhost:8501 -L 9229:127.0.0.1:9229 ana@10.0.0.1"},
		"one port twice":          {[]string{"SSH_CONNECTION=10.0.0.9 50000 10.0.0.1 22", "USER=ana"}, "http://localhost:8501/ http://127.0.0.1:8501/x", "ssh -L 8501:localhost:8501 ana@10.0.0.1"},
		"a pool with a domain":    {[]string{"SSH_CONNECTION=10.0.0.9 50000 10.0.0.1 22", "USER=ana"}, "http://localhost:8501/ https://auth.example.com:8443", "ssh -L 8501:localhost:8501 ana@10.0.0.1"},
		"the usual":               {[]string{"SSH_CONNECTION=10.0.0.9 50000 10.0.0.1 22", "USER=ana"}, "http://localhost:8501/", "ssh -L 8501:localhost:8501 ana@10.0.0.1"},
		"another port of sshd":    {[]string{"SSH_CONNECTION=10.0.0.9 50000 10.0.0.1 2222", "USER=ana"}, "http://127.0.0.1:5000/x", "ssh -L 5000:127.0.0.1:5000 -p 2222 ana@10.0.0.1"},
		"IPv6":                    {[]string{"SSH_CONNECTION=fd00::9 50000 fd00::1 22", "LOGNAME=ana"}, "http://[::1]:8501/", "ssh -L 8501:[::1]:8501 ana@fd00::1"},
		"a mapped address":        {[]string{"SSH_CONNECTION=::ffff:10.0.0.9 5 ::ffff:10.0.0.1 22", "USER=ana"}, "http://localhost:8501/", "ssh -L 8501:localhost:8501 ana@10.0.0.1"},
		"no user":                 {[]string{"SSH_CONNECTION=10.0.0.9 50000 10.0.0.1 22"}, "http://localhost:8501/", "ssh -L 8501:localhost:8501 10.0.0.1"},
		"a user that is a trap":   {[]string{"SSH_CONNECTION=10.0.0.9 5 10.0.0.1 22", "USER=$(id)", "LOGNAME=-oProxyCommand=x"}, "http://localhost:8501/", "ssh -L 8501:localhost:8501 10.0.0.1"},
		"a server that is a trap": {[]string{"SSH_CONNECTION=10.0.0.9 5 $(id) 22", "USER=ana"}, "http://localhost:8501/", ""},
		"not SSH":                 {[]string{"USER=ana"}, "http://localhost:8501/", ""},
		"an address without port": {[]string{"SSH_CONNECTION=10.0.0.9 5 10.0.0.1 22"}, "http://localhost/", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := SSHForward(machine("linux", test.env, nil, nil).Env, strings.Fields(test.uri)...); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
