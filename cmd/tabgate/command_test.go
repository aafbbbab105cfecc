package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

// freeRedirects are three redirect addresses on ports that nobody has now.
func freeRedirects(t testing.TB) []string {
	t.Helper()
	var list []string
	for tries := 0; len(list) < 3; tries++ {
		// Ports from 32768 on are given to connections of others at any time.
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(12000)))
		if err != nil && tries < 100 {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close() // all three are held until the list is full
		list = append(list, fmt.Sprintf("http://localhost:%d/", l.Addr().(*net.TCPAddr).Port))
	}
	return list
}

func TestExitCodesAndOneLineErrors(t *testing.T) {
	tests := map[string]struct {
		args []string
		env  map[string]string
		env2 string // .env
		code int
		says string
	}{
		"version":                                 {args: []string{"--version"}, code: 0},
		"help":                                    {args: []string{"--help"}, code: 0},
		"an unknown command":                      {args: []string{"lgoin"}, code: 2, says: "did you mean login"},
		"an unknown flag":                         {args: []string{"--nope"}, code: 2, says: "--nope"},
		"an argument too many":                    {args: []string{"whoami", "me"}, code: 2, says: "tabgate whoami --help"},
		"a number that is none":                   {args: []string{"show", "plotting", "--seed", "-1"}, code: 2, says: "--seed takes a whole number, not \"-1\" (see tabgate show --help)"},
		"a time that is none":                     {args: []string{"login", "--timeout", "5"}, code: 2, says: "--timeout takes a time such as 90s or 5m"},
		"a command of a group that is none":       {args: []string{"pool", "groups", "ad"}, code: 2, says: "no command \"pool groups ad\""},
		"a page that is none":                     {args: []string{"show", "maps"}, code: 2, says: "mapping"},
		"a size that is none":                     {args: []string{"show", "home", "--size", "big"}, code: 2, says: "120x40"},
		"completion for a shell that is none":     {args: []string{"completion", "tcsh"}, code: 2, says: "tcsh"},
		"a group of commands alone":               {args: []string{"pool"}, code: 2, says: "serve"},
		"the app without a terminal":              {code: 2, says: "tabgate demo --tour"},
		"whoami without a user pool":              {args: []string{"whoami"}, code: 5, says: "tabgate config init"},
		"login without a user pool":               {args: []string{"login"}, code: 5, says: "COGNITO_DOMAIN"},
		"a locked page without a user pool":       {args: []string{"show", "plotting"}, code: 3, says: "Please login!"},
		"half a configuration":                    {args: []string{"login"}, env: map[string]string{"COGNITO_DOMAIN": "https://x.example.com"}, code: 5, says: "CLIENT_ID"},
		"a domain without a scheme":               {args: []string{"login"}, env: map[string]string{"COGNITO_DOMAIN": "x.example.com", "CLIENT_ID": "c"}, code: 5, says: "https://x.example.com"},
		"an http domain that is not loopback":     {args: []string{"login"}, env: map[string]string{"COGNITO_DOMAIN": "http://x.example.com", "CLIENT_ID": "c"}, code: 5, says: "https://x.example.com"},
		"the other tutorial's names, from .env":   {args: []string{"whoami"}, env2: "AWS_COGNITO_DOMAIN=https://x.example.com\nAWS_COGNITO_USER_POOL_CLIENT_ID=c\n", code: 3, says: "AWS_COGNITO_USER_POOL_CLIENT_ID from ./.env"},
		"a profile that is not there":             {args: []string{"--profile", "work", "whoami"}, code: 5, says: "work"},
		"no local pool runs":                      {args: []string{"pool", "users"}, code: 6, says: "tabgate pool serve"},
		"a pool for the whole network is refused": {args: []string{"pool", "serve", "--listen", "0.0.0.0:0"}, code: 2, says: "127.0.0.1"},
		"a pool at no address":                    {args: []string{"pool", "serve", "--listen", "9229"}, code: 2, says: "host:port"},
		"a pool for an address that is none":      {args: []string{"pool", "serve", "--listen", "127.0.0.1:0"}, env: map[string]string{"APP_URI": "localhost:8501"}, code: 5, says: "localhost:8501"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			for k, v := range test.env {
				p.env[k] = v
			}
			if test.env2 != "" {
				p.write(".env", test.env2)
			}
			got := p.run(test.args...)
			if got.code != test.code {
				t.Errorf("exit %d, want %d: %s", got.code, test.code, got.err)
			}
			if !strings.Contains(got.err, test.says) {
				t.Errorf("%q does not say %q", got.err, test.says)
			}
			if test.code != 0 && strings.Count(strings.TrimSpace(got.err), "\n") > 0 {
				t.Errorf("more than one line: %q", got.err)
			}
		})
	}
}

func TestAConfigFileWithATypoNamesFileLineAndKey(t *testing.T) {
	p := newPlace(t)
	path := p.write("config.yaml", "theme: dark\nprofiles:\n  default:\n    clientid: x\n")
	got := p.run("--config", path, "whoami")
	if got.code != exitConfig || !strings.Contains(got.err, "config.yaml:4") || !strings.Contains(got.err, "clientid") {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
}

func TestSignInLookAroundAndSignOut(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	if got := p.signIn(pool, "underwriter@example.com"); got.code != 0 || !strings.Contains(got.err, "Underwriters") {
		t.Fatalf("login: exit %d: %s", got.code, got.err)
	}

	who := p.run("whoami", "--json", "--remote")
	id := decode[identity](t, who.out)
	if who.code != 0 || !id.SignedIn || id.Email != "underwriter@example.com" || id.TokenStore != "file" || id.Issuer != pool.Issuer() || fmt.Sprint(id.Groups) != "[Underwriters]" {
		t.Errorf("whoami: %+v %s", id, who.err)
	}

	verdicts := map[string]string{}
	for _, a := range decode[[]access](t, p.run("pages", "--json").out) {
		verdicts[a.ID] = a.Access
	}
	for id, want := range map[string]string{"home": "open", "plotting": "open", "mapping": "no_group", "dataframe": "open"} {
		if verdicts[id] != want {
			t.Errorf("page %s is %q, want %q", id, verdicts[id], want)
		}
	}

	csv := p.run("show", "plotting", "--format", "csv", "--seed", "7")
	lines := strings.Split(strings.TrimSpace(csv.out), "\n")
	if csv.code != 0 || len(lines) != 502 || lines[0] != "index,value" {
		t.Errorf("show plotting: exit %d, %d lines, %s", csv.code, len(lines), csv.err)
	}
	if again := p.run("show", "plotting", "--format", "csv", "--seed", "7"); again.out != csv.out {
		t.Error("the same seed gave another walk")
	}
	if got := p.run("show", "mapping"); got.code != exitNoAccess || got.out != "" || !strings.Contains(got.err, "CreditAnalysts") {
		t.Errorf("show mapping: exit %d, %q, %s", got.code, got.out, got.err)
	}

	token := p.run("token", "access")
	if token.code != 0 || strings.Count(token.out, ".") != 2 {
		t.Errorf("token: exit %d, %d bytes, %s", token.code, len(token.out), token.err)
	}

	if got := p.run("logout"); got.code != 0 {
		t.Errorf("logout: exit %d: %s", got.code, got.err)
	}
	if got := p.run("whoami"); got.code != exitNotSignedIn {
		t.Errorf("whoami after logout: exit %d: %s", got.code, got.out)
	}
	if got := p.run("show", "plotting"); got.code != exitNotSignedIn {
		t.Errorf("show after logout: exit %d", got.code)
	}
}

func TestWithoutAKeyringNobodyIsSignedInAndTheReasonIsSaid(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the keyring is part of this system: it cannot be missing")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/none")
	p := newPlace(t)
	p.onPool()
	p.env["TABGATE_TOKEN_STORE"] = "keyring"
	got := p.run("whoami", "--json")
	if id := decode[identity](t, got.out); got.code != exitNotSignedIn || id.SignedIn || id.TokenStore != "keyring" || !strings.Contains(got.err, "TABGATE_TOKEN_STORE") {
		t.Errorf("whoami: exit %d, %+v, %s", got.code, id, got.err)
	}
	for _, args := range [][]string{{"token"}, {"show", "plotting"}} {
		if got := p.run(args...); got.code != exitNotSignedIn || got.out != "" {
			t.Errorf("%v: exit %d, %q, %s", args, got.code, got.out, got.err)
		}
	}
}

func TestAGroupGainedOpensAPage(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	if got := p.signIn(pool, "guest@example.com"); got.code != 0 {
		t.Fatal(got.err)
	}
	if got := p.run("show", "plotting"); got.code != exitNoAccess {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	if err := pool.Publish(config.Dirs(lookup(func(key string) (string, bool) { v, ok := p.env[key]; return v, ok })).State); err != nil {
		t.Fatal(err)
	}
	if got := p.run("pool", "groups", "add", "guest@example.com", "Underwriters"); got.code != 0 {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	if got := p.run("pool", "users"); !strings.Contains(got.out, "guest@example.com") || got.code != 0 {
		t.Errorf("exit %d: %s", got.code, got.out)
	}
}

func TestTheTourSeesWhatItShould(t *testing.T) {
	p := newPlace(t)
	// Somebody else's settings, wrong ones at that, are no business of the demo.
	p.env["CLIENT_ID"], p.env["COGNITO_DOMAIN"] = "", "not an address"
	p.write(".env", "CLIENT_ID=x\nTABGATE_BROWSER=rm -rf\n")
	p.env["TABGATE_CONFIG"] = p.write("config.yaml", "nonsense: [")
	got := p.run("demo", "--tour", "--size", "100x30")
	if got.code != 0 {
		t.Fatalf("exit %d: %s\n%s", got.code, got.err, got.out[max(0, len(got.out)-4000):])
	}
	for _, want := range []string{"Please login!", "You do not have access. Please contact the administrator.", "Map Layers", "100% Complete", "Gross Agricultural Production"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("the tour never shows %q", want)
		}
	}
	_, table, _ := strings.Cut(got.out, "What was open to whom")
	for _, row := range []string{
		"nobody open log in first log in first open", "analyst@example.com open no access open open",
		"underwriter@example.com open open no access open", "both@example.com open open open open",
		"guest@example.com open no access no access open", "newcomer@example.com open no access, then open no access open",
	} {
		if !strings.Contains(strings.Join(strings.Fields(table), " "), row) {
			t.Errorf("the summary has no %q:\n%s", row, table)
		}
	}
	for _, u := range localpool.DemoPeople() {
		if strings.Count(got.out, u.Email+" signed in from tab") != 1 || strings.Count(got.out, u.Email+", tab ") != 3 {
			t.Errorf("the tour does not show %s each page", u.Email)
		}
	}
	for line := range strings.Lines(got.out) {
		if strings.HasSuffix(line, " \n") {
			t.Errorf("trailing blanks: %q", line)
			break
		}
	}
}

func TestTheTourFitsTheSmallestScreen(t *testing.T) {
	got := newPlace(t).run("demo", "--tour", "--size", "40x12", "--format", "ansi")
	if got.code != 0 {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	for line := range strings.Lines(got.out) {
		if strings.HasPrefix(line, "\x1b") && ansi.StringWidth(strings.TrimSuffix(line, "\n")) > 40 {
			t.Errorf("wider than 40: %q", line)
		}
	}
}

func TestTheTourSaysWhatWentWrongAtTheBrowser(t *testing.T) {
	p := newPlace(t)
	w := world{env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home, out: io.Discard, err: io.Discard, now: time.Now}
	d := demoCommand{wiring: wiringIn(&w), size: "80x24", format: "text"}
	d.state = p.home
	// It has registered none of the demo's addresses.
	pool, err := localpool.New(localpool.Options{RedirectURIs: freeRedirects(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	pool.Start()
	cfg, err := config.Load(config.Options{Env: w.env, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	cfg = onPool(cfg, pool)
	if err := d.play(t.Context(), cfg, w.pages(), pool); err == nil || !strings.Contains(err.Error(), "/error with status 400") {
		t.Errorf("nobody can sign in there: %v", err)
	}
}

func TestDoctorReportsInTheShapeThatScriptsRead(t *testing.T) {
	p := newPlace(t)
	p.onPool()
	got := p.run("doctor", "--json")
	d := decode[diagnosis](t, got.out)
	if got.code != 0 || !d.OK || len(d.Checks) < 10 {
		t.Errorf("exit %d, %+v, %s", got.code, d, got.err)
	}

	p.env["CLIENT_ID"] = "somebodyelses"
	got = p.run("doctor", "--json")
	if d = decode[diagnosis](t, got.out); got.code != exitFailed || d.OK {
		t.Errorf("a wrong client: exit %d, %+v", got.code, d)
	}

	p.env["COGNITO_DOMAIN"] = "http://pool.example.com"
	got = p.run("doctor")
	if got.code != exitConfig || !strings.Contains(got.out, "FAIL  config") || !strings.Contains(got.out, "→") {
		t.Errorf("a wrong domain: exit %d, %s", got.code, got.out)
	}
}

func TestDoctorSaysOnATerminalWhatItWaitsFor(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	p.env["TERM"] = "xterm"
	host := strings.TrimPrefix(pool.Domain(), "http://")
	for _, args := range [][]string{{"doctor"}, {"doctor", "--json"}} {
		var out bytes.Buffer
		w := world{env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home, in: strings.NewReader(""), out: &out, err: io.Discard, outTTY: true, now: time.Now}
		run(w, args)
		before, report, erased := strings.Cut(out.String(), "\r\x1b[K")
		if len(args) > 1 {
			if erased {
				t.Errorf("JSON has more than JSON: %q", before)
			}
			continue
		}
		if !strings.Contains(before, host) || !strings.Contains(before, "10s at most") || !strings.Contains(report, "config") || strings.Contains(report, "at most") {
			t.Errorf("before %q, then %q", before, report)
		}
	}
}

func TestAFlagsWrongValueIsWrongUsage(t *testing.T) {
	p := newPlace(t)
	for _, args := range [][]string{{"--token-store", "nonsense", "whoami"}, {"--theme", "pink", "pages"}, {"--glyphs", "runes", "pages"}} {
		if got := p.run(args...); got.code != exitUsage || !strings.Contains(got.err, "tabgate: "+args[0]+": \""+args[1]+"\" is none of ") || strings.Contains(got.err, "TABGATE") {
			t.Errorf("%v: exit %d, %q", args, got.code, got.err)
		}
	}
	p.env["TABGATE_THEME"] = "pink"
	if got := p.run("pages"); got.code != exitConfig || !strings.Contains(got.err, "environment TABGATE_THEME: ") {
		t.Errorf("by the environment: exit %d, %q", got.code, got.err)
	}
}

// The public keys are kept for starts without a network; whoever has one
// fetches them again.
func TestASessionIsReadWithKeysThatHaveToBeFetched(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	p.signIn(pool, "underwriter@example.com")
	forget := func() {
		kept, err := filepath.Glob(filepath.Join(config.Dirs(func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }).State, "auth", "*.keys"))
		if err != nil || len(kept) == 0 {
			t.Fatalf("no keys are kept: %v", err)
		}
		for _, path := range kept {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	forget()
	if got := p.run("whoami"); got.code != 0 || !strings.Contains(got.out, "underwriter@example.com") {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
	forget()
	pool.Close()
	if got := p.run("whoami"); got.code != exitNetwork || !strings.Contains(got.err, "nothing listens on") {
		t.Errorf("without the pool: exit %d: %s", got.code, got.err)
	}
}

// The config file that --config names counts in the demo too: for pages and
// looks, not for the sign-in.
func TestTheDemoShowsTheFiguresOfANamedConfigFile(t *testing.T) {
	p := newPlace(t)
	p.write("ports.csv", "port,ships\nGenoa,12\nPiraeus,40\n")
	path := p.write("mine.yaml", "profiles: {demo: {domain: https://a.example.com}}\npages:\n  mapping: {groups: [Underwriters]}\n  dataframe: {data: "+filepath.Join(p.home, "ports.csv")+"}\n")
	got := p.run("demo", "--tour", "--config", path)
	if got.code != exitDone || !strings.Contains(got.out, "Piraeus") || strings.Contains(got.out, "Gross Agricultural") {
		t.Errorf("exit %d: %s%.2000s", got.code, got.err, got.out)
	}
	if !strings.Contains(got.out, "underwriter@example.com, tab 3: open") {
		t.Error("the file's groups do not count")
	}
	if got := p.run("demo", "--tour"); got.code != exitDone || strings.Contains(got.out, "Piraeus") {
		t.Errorf("without the flag: exit %d: %s", got.code, got.err)
	}
	p.write("open.yaml", "pages: {plotting: {groups: []}, mapping: {groups: ['*']}}\n")
	if got := p.run("demo", "--tour", "--config", filepath.Join(p.home, "open.yaml")); got.code != exitConfig || strings.Count(got.err, "\n") != 1 {
		t.Errorf("a tour without a locked page: exit %d: %s", got.code, got.err)
	}
	p.write("bad.yaml", "pages: {plots: {groups: []}}\n")
	if got := p.run("demo", "--tour", "--config", filepath.Join(p.home, "bad.yaml")); got.code != exitConfig || !strings.Contains(got.err, "did you mean") && !strings.Contains(got.err, "known here") {
		t.Errorf("a file that is wrong: exit %d: %s", got.code, got.err)
	}
}
