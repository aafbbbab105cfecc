package main

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
)

// relay is a host that somebody else's .env names. It counts who asks it.
func relay(t *testing.T) (address string, asked *atomic.Int64) {
	t.Helper()
	asked = new(atomic.Int64)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL, asked
}

// inConfig moves the pool's settings from the environment to the config file.
func (p *place) inConfig(more string) {
	p.t.Helper()
	text := "profiles:\n  default:\n"
	for yaml, key := range map[string]string{"domain": "COGNITO_DOMAIN", "client_id": "CLIENT_ID", "issuer": "COGNITO_ISSUER", "app_uri": "APP_URI", "logout_uri": "LOGOUT_URI"} {
		text += fmt.Sprintf("    %s: %q\n", yaml, p.env[key])
		delete(p.env, key)
	}
	p.env["TABGATE_CONFIG"] = p.write("config.yaml", text+more)
}

// inDotenv moves the pool's settings from the environment to the folder's .env.
func (p *place) inDotenv(more string) {
	p.t.Helper()
	text := ""
	for _, key := range []string{"COGNITO_DOMAIN", "CLIENT_ID", "COGNITO_ISSUER", "APP_URI", "LOGOUT_URI"} {
		text += key + "=" + p.env[key] + "\n"
		delete(p.env, key)
	}
	p.write(".env", text+more)
}

// typed runs a command at a terminal, with what a person types.
func (p *place) typed(in string, args ...string) output {
	p.t.Helper()
	var out, errs bytes.Buffer
	code := run(world{
		env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok },
		dir: p.home, in: strings.NewReader(in), out: &out, err: &errs, outTTY: true, inTTY: true, now: time.Now,
	}, args)
	return output{code, out.String(), errs.String()}
}

func TestW1W2ARelayInTheFolderIsNeverAsked(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	p.inConfig("")
	address, asked := relay(t)
	theirs := "COGNITO_DOMAIN=" + address + "\nDEVICE_AUTHORIZATION_URL=" + address + "/a\nDEVICE_TOKEN_URL=" + address + "/t\nCLIENT_SECRET=web\n"
	p.write(".env", theirs)
	if got := p.run("trust", "--yes"); got.code != 0 { // there is nothing to say yes to
		t.Errorf("trust: exit %d: %s", got.code, got.err)
	}
	const said = "The sign-in settings of ./.env are left out: config.yaml:"
	if got := p.signIn(pool, "underwriter@example.com"); got.code != 0 || strings.Count(got.err, said) != 1 {
		t.Errorf("login: exit %d: %s", got.code, got.err)
	}
	for _, args := range [][]string{{"whoami", "--remote"}, {"token"}, {"pages"}, {"show", "plotting"}, {"doctor"}, {"config", "show"}, {"logout"}} {
		if got := p.run(args...); got.code != 0 || strings.Count(got.err, said) != 1 {
			t.Errorf("%v: exit %d: %s", args, got.code, got.err)
		}
	}
	if got := p.run("login", "--device"); got.code != exitConfig || !strings.Contains(got.err, "no device endpoint") {
		t.Errorf("login --device: exit %d: %s", got.code, got.err)
	}

	p.env["TABGATE_CONFIG"] = p.write("secret.yaml", fmt.Sprintf("profiles: {default: {domain: %q, client_id: %s, client_secret: canary-secret}}\n", pool.Domain(), pool.ClientID()))
	p.write(".env", "COGNITO_DOMAIN="+address+"\n")
	if got := p.run("doctor"); !strings.Contains(got.out, "the client secret was refused") || !strings.Contains(got.err, "left out") {
		t.Errorf("doctor: exit %d: %s%s", got.code, got.out, got.err)
	}
	delete(p.env, "TABGATE_CONFIG")
	p.env["CLIENT_SECRET"] = "canary-secret"
	p.write(".env", theirs+"CLIENT_ID=web\n")
	for _, args := range [][]string{{"doctor"}, {"login", "--timeout", "1ms"}, {"login", "--device", "--timeout", "1ms"}} {
		if got := p.run(args...); got.code != exitConfig || !strings.Contains(got.out+got.err, "put both in one place") || strings.Contains(got.out+got.err, "canary") {
			t.Errorf("%v with a secret in the environment: exit %d: %s%s", args, got.code, got.out, got.err)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the relay was asked %d times", n)
	}
}

func TestW4UntilTheYesASignInOfTheFolderIsAbsent(t *testing.T) {
	p := newPlace(t)
	address, asked := relay(t)
	p.write(".env", "COGNITO_DOMAIN="+address+"\nCLIENT_ID=web\nCLIENT_SECRET=canary-web\nDEVICE_AUTHORIZATION_URL="+address+"/a\nDEVICE_TOKEN_URL="+address+"/t\n")
	const waits = "CLIENT_ID from ./.env waits for your yes: tabgate trust"
	for _, test := range []struct {
		args []string
		code int
	}{
		{[]string{"whoami"}, exitNotSignedIn},
		{[]string{"token"}, exitNotSignedIn},
		{[]string{"show", "plotting"}, exitNotSignedIn},
		{[]string{"logout"}, exitNotSignedIn},
		{[]string{"pages"}, exitDone},
		{[]string{"config", "show"}, exitDone},
		{[]string{"login", "--timeout", "1ms"}, exitConfig},
		{[]string{"login", "--device", "--timeout", "1ms"}, exitConfig},
		{[]string{"doctor"}, exitConfig},
		{[]string{"doctor", "--json"}, exitConfig},
	} {
		got := p.run(test.args...)
		if got.code != test.code || !strings.Contains(got.out+got.err, waits) {
			t.Errorf("%v: exit %d, want %d: %s%s", test.args, got.code, test.code, got.out, got.err)
		}
		if test.code == exitConfig && (!strings.Contains(got.out+got.err, "tabgate trust --yes") || !strings.Contains(got.out+got.err, "--env-file")) {
			t.Errorf("%v does not say what to do: %s%s", test.args, got.out, got.err)
		}
	}
	if got := p.run("whoami", "--json"); got.code != exitNotSignedIn || decode[identity](t, got.out).SignedIn {
		t.Errorf("whoami --json: exit %d: %s", got.code, got.out)
	}
	if got := p.run("show", "dataframe", "--offline"); got.code != 0 || got.err != "" {
		t.Errorf("a page for anyone: exit %d: %s", got.code, got.err)
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("%d requests before the yes", n)
	}
}

func TestW4TheUserIsAskedOnceForExactlyTheseSettings(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	host := strings.TrimPrefix(pool.Domain(), "http://")
	p.inDotenv("")
	question := "./.env signs you in at " + host + " (app client " + pool.ClientID() + "). Use it? [y/N] "
	dotenv := filepath.Join(p.home, ".env")
	content, err := os.ReadFile(dotenv)
	if err != nil {
		t.Fatal(err)
	}

	if got := p.typed("", "doctor"); got.code != exitConfig || !strings.Contains(got.err, question) {
		t.Errorf("no answer: exit %d: %s", got.code, got.err)
	}
	if got := p.typed("y\n", "doctor"); !strings.Contains(got.err, question) || !strings.Contains(got.out, "from ./.env") || got.code == exitConfig {
		t.Errorf("doctor: exit %d: %s%s", got.code, got.err, got.out)
	}
	if got := p.typed("", "doctor"); strings.Contains(got.err, "[y/N]") || got.code == exitConfig {
		t.Errorf("asked again: exit %d: %s", got.code, got.err)
	}
	if got := p.run("whoami"); got.code != exitNotSignedIn || !strings.Contains(got.err, "not signed in (CLIENT_ID from ./.env); run tabgate login") {
		t.Errorf("whoami: exit %d: %s", got.code, got.err)
	}
	if got := p.run("token"); got.code != exitNotSignedIn || !strings.Contains(got.err, "(CLIENT_ID from ./.env)") {
		t.Errorf("token: exit %d: %s", got.code, got.err)
	}
	if got := p.signIn(pool, "underwriter@example.com"); got.code != 0 || !strings.Contains(got.err, "./.env signs you in at "+host) {
		t.Errorf("login: exit %d: %s", got.code, got.err)
	}
	if got := p.run("whoami"); got.code != 0 || !strings.Contains(got.out, "CLIENT_ID from ./.env") {
		t.Errorf("whoami: exit %d: %s%s", got.code, got.out, got.err)
	}

	p.write(".env", string(content)+"COGNITO_SCOPES=openid\n")
	if got := p.run("show", "plotting"); got.code != exitNotSignedIn || !strings.Contains(got.err, "waits for your yes") {
		t.Errorf("another unit: exit %d: %s", got.code, got.err)
	}
	if got := p.typed("\n", "login", "--timeout", "1ms"); got.code != exitConfig || !strings.Contains(got.err, "since you said no") || strings.Count(got.err, "[y/N]") != 1 {
		t.Errorf("enter is no: exit %d: %s", got.code, got.err)
	}
	if got := p.typed("y\n", "login", "--timeout", "1ms"); got.code != exitConfig || strings.Contains(got.err, "[y/N]") {
		t.Errorf("asked again after a no: exit %d: %s", got.code, got.err)
	}
	p.write(".env", "# as it was\n"+string(content))
	if got := p.run("whoami"); got.code != 0 {
		t.Errorf("the settings of before: exit %d: %s", got.code, got.err)
	}
}

func TestW4TrustShowsAndRemembers(t *testing.T) {
	p := newPlace(t)
	p.write(".env", "COGNITO_DOMAIN=https://auth.example.com\nCLIENT_ID=abc\nCLIENT_SECRET=canary-secret\nCOGNITO_ISSUER=https://id.example/\n")
	steps := []struct {
		typed string // at a terminal; "-" is none
		args  []string
		says  string
		code  int // of whoami afterwards says the state
		state string
	}{
		{"-", nil, "You have not been asked yet", 0, "waits"},
		{"\n", nil, "No: CLIENT_ID from ./.env is left out", 0, "you said no"},
		{"-", nil, "You said no", 0, "you said no"},
		{"-", []string{"--yes"}, "Yes: ./.env signs you in at auth.example.com (app client abc)", 0, "run tabgate login"},
		{"-", nil, "You said yes", 0, "run tabgate login"},
		{"-", []string{"--no"}, "No: ", 0, "you said no"},
		{"-", []string{"--forget"}, "Forgotten", 0, "waits"},
		{"yes\n", nil, "[y/N]", 0, "run tabgate login"},
		{"-", []string{"--yes", "--no"}, "exclude each other", exitUsage, "run tabgate login"},
		{"-", []string{"a", "b"}, "one folder", exitUsage, "run tabgate login"},
		{"-", []string{"nowhere"}, "nothing to decide", 0, "run tabgate login"},
	}
	for i, s := range steps {
		args := append([]string{"trust"}, s.args...)
		got := p.run(args...)
		if s.typed != "-" {
			got = p.typed(s.typed, args...)
		}
		if got.code != s.code || !strings.Contains(got.out+got.err, s.says) || strings.Contains(got.out+got.err, "canary") {
			t.Errorf("%d %v: exit %d: %s%s", i, args, got.code, got.out, got.err)
		}
		if who := p.run("whoami"); !strings.Contains(who.err, s.state) || who.code != exitNotSignedIn {
			t.Errorf("%d afterwards: exit %d, %s", i, who.code, who.err)
		}
	}
	got := p.run("trust", p.home)
	for _, want := range []string{"auth.example.com", "abc", "[redacted]", "id.example"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("%q is not shown: %s", want, got.out)
		}
	}
	other := filepath.Join(p.home, "other")
	if err := os.Mkdir(other, 0o755); err != nil {
		t.Fatal(err)
	}
	p.write("other/.env", "CLIENT_ID='x\n")
	if got := p.run("trust", "other", "--yes"); got.code != exitConfig || !strings.Contains(got.err, "other/.env:1 CLIENT_ID") {
		t.Errorf("a bad line: exit %d: %s", got.code, got.err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	p.write("other/.env", "COGNITO_DOMAIN=https://auth.example.com\nCLIENT_ID=y\n")
	if got := p.run("trust", "other/"); !strings.HasPrefix(got.out, "other/.env signs you in") {
		t.Errorf("another folder's: %s", got.out)
	}
	if err := os.Chmod(filepath.Join(other, ".env"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := p.run("trust", "other", "--yes"); got.code != exitConfig || !strings.Contains(got.err, "chmod go-w") || strings.Count(got.err, "\n") != 1 {
		t.Errorf("everybody may write it: exit %d: %s", got.code, got.err)
	}
}

func TestEnvFileSignsInWithoutAQuestion(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	p.inDotenv("")
	content, err := os.ReadFile(filepath.Join(p.home, ".env"))
	if err != nil {
		t.Fatal(err)
	}
	p.write("mine.env", string(content))
	p.write(".env", "COGNITO_DOMAIN=https://relay.example.com\nCLIENT_ID=web\n")
	if got := p.run("--env-file", "mine.env", "whoami"); got.code != exitNotSignedIn || got.err != "tabgate: you are not signed in; run tabgate login\n" {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
	if got := p.run("--env-file", "mine.env", "config", "show"); !strings.Contains(got.out, "mine.env:2 CLIENT_ID") || !strings.Contains(got.out, pool.ClientID()) {
		t.Errorf("%s%s", got.out, got.err)
	}
	if got := p.run("--env-file", "none.env", "whoami"); got.code != exitConfig || !strings.Contains(got.err, "none.env") {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
}

func TestW6CommandsWorkWhateverDotenvHolds(t *testing.T) {
	fifo, zero, closed := "fifo", "zero", "closed"
	contents := map[string]string{
		fifo: "", zero: "", closed: "CLIENT_ID=x\n",
		"large":           strings.Repeat("# x\n", 512<<10),
		"garbage":         "\x00\xff\xfe\x80=\x1b]52;c;x\a\n=\n'\n\"\nexport\n",
		"a bad line":      "CLIENT_ID='x\n",
		"others' names":   "MY-KEY=1\nmy.key=2\n",
		"half a sign-in":  "CLIENT_ID=x\n",
		"a wrong theme":   "TABGATE_THEME=pink\n",
		"wrong UTF-16":    "\xff\xfe\x00\xd8x",
		"a wrong address": "COGNITO_DOMAIN=ftp://x\nCLIENT_ID=x\n",
	}
	for name, content := range contents {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.onPool()
			p.spoiled(t, name, content)
			for _, test := range []struct {
				args []string
				code int
			}{
				{[]string{"logout"}, 0}, {[]string{"whoami"}, exitNotSignedIn}, {[]string{"token"}, exitNotSignedIn}, {[]string{"pages"}, 0},
				{[]string{"show", "plotting"}, exitNotSignedIn}, {[]string{"show", "dataframe", "--offline"}, 0}, {[]string{"config", "show"}, 0},
				{[]string{"config", "path"}, 0}, {[]string{"--help"}, 0}, {[]string{"doctor"}, 1},
			} {
				done := time.AfterFunc(60*time.Second, func() { panic(name + " is waited for") })
				got := p.run(test.args...)
				done.Stop()
				if got.code != test.code && !(test.args[0] == "doctor" && got.code == 0) {
					t.Errorf("%v: exit %d, want %d: %s", test.args, got.code, test.code, got.err)
				}
				if strings.ContainsAny(got.err, "\x1b\a\x00") || strings.Count(got.err, "\n") > 8 {
					t.Errorf("%v says %q", test.args, got.err)
				}
			}
		})
	}
}

// spoiled puts something into the place of .env.
func (p *place) spoiled(t *testing.T, kind, content string) {
	t.Helper()
	path := filepath.Join(p.home, ".env")
	var err error
	switch kind {
	case "fifo":
		if err = mkfifo(path); err != nil {
			t.Skipf("there are no named pipes here: %v", err)
		}
	case "zero":
		if err = os.Symlink("/dev/zero", path); err != nil {
			t.Skipf("there are no links here: %v", err)
		}
	case "closed":
		p.write(".env", content)
		err = os.Chmod(path, 0)
	default:
		p.write(".env", content)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestW7AConfigFileOfSomebodyElseStopsEveryCommandThatReadsIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("owners and modes as other systems have them")
	}
	p := newPlace(t)
	p.onPool()
	p.inConfig("")
	path := p.env["TABGATE_CONFIG"]
	for _, test := range []struct {
		at    string
		mode  os.FileMode
		says  string
		usual os.FileMode
	}{
		{path, 0o646, "chmod go-w " + path, 0o600},
		{p.home, 0o777, "chmod go-w " + p.home, 0o755},
	} {
		if err := os.Chmod(test.at, test.mode); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"whoami"}, {"login", "--timeout", "1ms"}, {"doctor"}, {"pages"}} {
			got := p.run(args...)
			if got.code != exitConfig || !strings.Contains(got.out+got.err, test.says) {
				t.Errorf("%v: exit %d: %s%s", args, got.code, got.out, got.err)
			}
			if args[0] == "doctor" && !strings.Contains(got.out, "FAIL  config") {
				t.Errorf("doctor says %s", got.out)
			}
		}
		if err := os.Chmod(test.at, test.usual); err != nil {
			t.Fatal(err)
		}
	}
}

func TestW8ACAFileOfSomebodyElseIsRefusedAtOnce(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("owners and modes as other systems have them")
	}
	p := newPlace(t)
	p.onPool()
	path := filepath.Join(p.home, "ca.pem")
	p.env["TABGATE_CA_FILE"] = path
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	write := func(mode os.FileMode) {
		if err := errors.Join(os.WriteFile(path, block, 0o600), os.Chmod(path, mode)); err != nil {
			t.Fatal(err)
		}
	}
	write(0o644)
	if got := p.run("whoami"); got.code != exitNotSignedIn {
		t.Fatalf("a good one: exit %d: %s", got.code, got.err)
	}
	for name, test := range map[string]struct {
		spoil func() error
		says  string
	}{
		"everybody may write it": {func() error { return os.Chmod(path, 0o646) }, "chmod go-w"},
		"another user owns it": {func() error {
			if os.Geteuid() != 0 {
				return os.Chmod(path, 0o666) // only root can give a file away
			}
			return os.Chown(path, 65534, 65534)
		}, "user"},
		"a pipe":         {func() error { return errors.Join(os.Remove(path), mkfifo(path)) }, "named pipe"},
		"it never ends":  {func() error { return errors.Join(os.Remove(path), os.Symlink("/dev/zero", path)) }, "device"},
		"it is too long": {func() error { return os.WriteFile(path, bytes.Repeat(block, 2<<20/len(block)), 0o600) }, "1 MiB"},
	} {
		os.Remove(path)
		write(0o600)
		if err := test.spoil(); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"whoami"}, {"token"}, {"login", "--timeout", "1ms"}, {"doctor"}} {
			if got := p.run(args...); got.code != exitConfig || !strings.Contains(got.out+got.err, test.says) {
				t.Errorf("%s: %v: exit %d: %s%s", name, args, got.code, got.out, got.err)
			}
		}
	}
}

func TestW10ConfigShowHidesWhatCouldBeSecret(t *testing.T) {
	p := newPlace(t)
	p.env["COGNITO_DOMAIN"], p.env["CLIENT_ID"], p.env["CLIENT_SECRET"] = "https://a.example", "c", "canary-1"
	p.env["COGNITO_ISSUER"], p.env["DEVICE_TOKEN_URL"], p.env["DEVICE_AUTHORIZATION_URL"] = "https://u:canary-2@id.example/", "https://d.example/?k=canary-3", "https://canary-4@d.example/"
	p.env["TABGATE_CONFIG"] = p.write("config.yaml", "data: {stations: 'https://u:canary-5@x.example/s?sig=canary-6#canary-7'}\n")
	if got := p.run("config", "show"); got.code != 0 || strings.Contains(got.out+got.err, "canary") || strings.Count(got.out, "[redacted]") < 6 {
		t.Errorf("exit %d: %s%s", got.code, got.out, got.err)
	}
}

// The demo and its tour are nobody's folder.
func TestW1TheTourReadsNoDotenv(t *testing.T) {
	p := newPlace(t)
	address, asked := relay(t)
	p.write(".env", "COGNITO_DOMAIN="+address+"\nCLIENT_ID=web\nTABGATE_THEME=pink\n")
	got := p.run("demo", "--tour", "--size", "60x20")
	if got.code != 0 || strings.Contains(got.err, ".env") || asked.Load() != 0 || !strings.Contains(got.out, localpool.DemoPeople()[0].Email) {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
}
