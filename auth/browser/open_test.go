//go:build unix

package browser

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// pretend is a browser that writes what it was given into a pipe, so that the
// test can wait for it, then does what script says.
func pretend(t *testing.T, script string) (command, pipe string) {
	t.Helper()
	dir := t.TempDir()
	pipe = filepath.Join(dir, "seen")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	command = filepath.Join(dir, "my browser")
	body := "#!/bin/sh\n" + script + "\n{ for a; do printf '<%s>\\n' \"$a\"; done; env; ls -l /proc/self/fd/0 2>/dev/null; } >" + pipe + "\n"
	if err := os.WriteFile(command, []byte(body), 0o700); err != nil {
		t.Fatal(err)
	}
	return command, pipe
}

func TestTheBrowserGetsTheAddressAsOneWordAndNoSecret(t *testing.T) {
	t.Setenv("CLIENT_SECRET", "canary-5b1e")
	t.Setenv("AWS_COGNITO_USER_POOL_CLIENT_SECRET", "canary-5b1e")
	command, pipe := pretend(t, "echo noise; echo noise >&2")
	o, reason := Find(os.Getenv, `"`+command+`" --new-window 'a b'`)
	if !o.Found() {
		t.Fatal(reason)
	}
	const url = "https://demo.auth.eu-west-1.amazoncognito.com/oauth2/authorize?client_id=x&state=y$(id)&scope=openid+email"
	seen := make(chan string, 1)
	go func() {
		b, _ := os.ReadFile(pipe) // waits for the browser to write
		seen <- string(b)
	}()
	if err := o.Open(url); err != nil {
		t.Fatal(err)
	}
	got := <-seen
	if !strings.HasPrefix(got, "<--new-window>\n<a b>\n<"+url+">\n") {
		t.Errorf("the browser got\n%.300s", got)
	}
	if strings.Contains(got, "canary-5b1e") {
		t.Error("the browser's environment holds the client secret")
	}
	if !strings.Contains(got, "PATH=") {
		t.Error("the browser's environment is empty")
	}
	if strings.Contains(got, "/fd/0") && !strings.Contains(got, "/dev/null") {
		t.Error("the browser has the terminal as its input")
	}
}

func TestABrowserThatFailsAtOnceIsReported(t *testing.T) {
	dir := t.TempDir()
	failing, broken := filepath.Join(dir, "failing"), filepath.Join(dir, "broken")
	for path, body := range map[string]string{failing: "#!/bin/sh\nexit 3\n", broken: "#!/no/such/interpreter\n"} {
		if err := os.WriteFile(path, []byte(body), 0o700); err != nil {
			t.Fatal(err)
		}
		o, _ := Find(os.Getenv, path)
		err := o.Open("https://example.com/")
		if err == nil || !strings.Contains(err.Error(), "the browser was not opened: "+filepath.Base(path)) {
			t.Errorf("%s: got %v", filepath.Base(path), err)
		}
	}
	if err := (Opener{}).Open("https://example.com/"); err == nil || (Opener{}).Name() != "" {
		t.Errorf("no browser at all: %v", err)
	}
}

func TestABrowserThatStaysIsNotWaitedFor(t *testing.T) {
	command, pipe := pretend(t, "") // blocks on the pipe until it is read
	o, _ := Find(os.Getenv, `"`+command+`"`)
	if err := o.Open("https://example.com/"); err != nil {
		t.Fatal(err)
	}
	if o.Name() != "my browser" {
		t.Errorf("it is called %q", o.Name())
	}
	if _, err := os.ReadFile(pipe); err != nil { // lets it end
		t.Fatal(err)
	}
}

func TestA3OnlyWebAddressesAreOpened(t *testing.T) {
	o := Opener{argv: []string{"/bin/true"}}
	tests := map[string]struct {
		url string
		ok  bool
	}{
		"https":                      {"https://demo.auth.eu-west-1.amazoncognito.com/oauth2/authorize?a=b&c=d%20e", true},
		"http on localhost":          {"http://localhost:9229/login", true},
		"http on 127.0.0.1":          {"http://127.0.0.1:9229/login", true},
		"http on ::1":                {"http://[::1]:9229/login", true},
		"http elsewhere":             {"http://example.com/", false},
		"a host that begins alike":   {"http://localhost.example.com/", false},
		"a host that looks alike":    {"http://127.0.0.1.example.com/", false},
		"a file":                     {"file:///etc/passwd", false},
		"a script":                   {"javascript:alert(1)", false},
		"data":                       {"data:text/html,x", false},
		"another program's scheme":   {"ms-settings:privacy", false},
		"an option":                  {"--version", false},
		"an option before":           {"-x https://example.com/", false},
		"a leading space":            {" https://example.com/", false},
		"a space":                    {"https://example.com/a b", false},
		"a newline":                  {"https://example.com/\n", false},
		"an escape":                  {"https://example.com/\x1b[31m", false},
		"a quote":                    {`https://example.com/"`, false},
		"a backquote":                {"https://example.com/`id`", false},
		"a caret":                    {"https://example.com/^", false},
		"letters beyond ASCII":       {"https://exämple.com/", false},
		"a user":                     {"https://me@example.com/", false},
		"no host":                    {"https:///x", false},
		"nothing":                    {"", false},
		"too long for a command":     {"https://example.com/" + strings.Repeat("a", maxURL), false},
		"capitals in the scheme":     {"HTTPS://example.com/", true},
		"a scheme-relative address":  {"//example.com/", false},
		"a Windows path":             {`C:\Windows\System32\calc.exe`, false},
		"a path on another computer": {`\\evil\share`, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := checkURL(test.url)
			if (err == nil) != test.ok {
				t.Fatalf("got %v", err)
			}
			if !test.ok && o.Open(test.url) == nil {
				t.Error("it was opened")
			}
		})
	}
}
