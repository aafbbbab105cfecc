package loopback

import (
	"errors"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

// failing is a machine on which binding ends so, by port.
func failing(errs map[string]error) func(network, address string) (net.Listener, error) {
	return func(network, address string) (net.Listener, error) {
		_, port, _ := net.SplitHostPort(address)
		addr, _ := net.ResolveTCPAddr(network, address)
		return nil, &net.OpError{Op: "listen", Net: network, Addr: addr, Err: os.NewSyscallError("bind", errs[port])}
	}
}

func TestWhereNoPortMayBeOpenedAPasteWillDo(t *testing.T) {
	tests := map[string]struct {
		errs map[string]error
		at   string // "" for an error
		why  string
	}{
		"binding is forbidden":     {map[string]error{"80": syscall.EACCES, "8501": syscall.EACCES}, "http://localhost:80/", "127.0.0.1:80: permission denied"},
		"there is no loopback":     {map[string]error{"80": syscall.EADDRNOTAVAIL, "8501": syscall.EADDRNOTAVAIL}, "http://localhost:80/", "assign requested address"},
		"one taken, one forbidden": {map[string]error{"80": syscall.EADDRINUSE, "8501": syscall.EPERM}, "http://localhost:8501/", "not permitted"},
		"L-2 all ports are taken":  {map[string]error{"80": syscall.EADDRINUSE, "8501": syscall.EADDRINUSE}, "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			uris := []string{"http://localhost:80/", "http://localhost:8501/"}
			if _, err := Listen(t.Context(), uris, Options{Listen: failing(tt.errs)}); err == nil {
				t.Error("without OrPaste it is no error")
			}
			l, err := Listen(t.Context(), uris, Options{Listen: failing(tt.errs), OrPaste: true})
			var busy *PortsError
			if tt.at == "" {
				if !errors.As(err, &busy) {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			if l.RedirectURI() != tt.at || l.Unheard() == nil || !strings.Contains(l.Unheard().Error(), tt.why) {
				t.Errorf("at %s: %v", l.RedirectURI(), l.Unheard())
			}
			l.Expect(secret.New(goodState), "")
			if address := l.Start(secret.New(signInPage)); address != "" {
				t.Errorf("the browser would be sent to %s, where somebody else may listen", address)
			}
			if err := l.Paste(tt.at + good[1:]); err != nil {
				t.Fatal(err)
			}
			if got, err := outcome(t, l); err != nil || got.Code.Reveal() != goodCode {
				t.Errorf("got %v", err)
			}
			l.Finish(nil)
		})
	}
	l := open(t, "/", Options{OrPaste: true})
	if l.Unheard() != nil {
		t.Errorf("a listener that listens: %v", l.Unheard())
	}
	mustGoOn(t, l)
}
