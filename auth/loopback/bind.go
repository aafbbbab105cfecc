package loopback

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"syscall"
)

// addresses are the only two the listener ever binds. Browsers try either
// for "localhost", so both are taken on the same port: a stranger's listener
// on the other one would receive the code.
var addresses = []string{"127.0.0.1", "::1"}

// PortsError says that no redirect address could be listened on.
type PortsError struct {
	Busy []Busy // one for each candidate, in the order tried
}

// Busy is one candidate and what was in its way.
type Busy struct {
	RedirectURI string
	Port        string
	Err         error
}

// Error names every port that was tried and what to do.
func (e *PortsError) Error() string {
	all := make([]string, len(e.Busy))
	for i, b := range e.Busy {
		all[i] = b.String()
	}
	return "no port of the redirect addresses is free: " + strings.Join(all, ", ") +
		"; end the program that holds one of them, or register another address and add it to APP_URI"
}

// String is the port and what was in its way: "8501 (127.0.0.1:8501: address
// already in use)".
func (b Busy) String() string { return fmt.Sprintf("%s (%s)", b.Port, reason(b.Err)) }

// InUse reports whether every port is taken by a program, rather than out of
// bounds for this one.
func (e *PortsError) InUse() bool { return e.forbidden() < 0 }

// forbidden is the number of the first candidate whose port is not taken but
// may not be opened, or -1.
func (e *PortsError) forbidden() int {
	const wsaAddrInUse = syscall.Errno(10048)
	return slices.IndexFunc(e.Busy, func(b Busy) bool {
		return !errors.Is(b.Err, syscall.EADDRINUSE) && !errors.Is(b.Err, wsaAddrInUse)
	})
}

// unheard gives the candidate at which an answer may come by Paste alone, and
// why, where err is that no port could be opened. It is never one whose port
// is taken: the browser would give its code to the program there.
func unheard(candidates []redirect, err error) (at redirect, why error) {
	var ports *PortsError
	if !errors.As(err, &ports) || ports.InUse() {
		return redirect{}, nil
	}
	i := ports.forbidden()
	return candidates[i], errors.New(reason(ports.Busy[i].Err))
}

// Unwrap gives the reasons, one for each candidate.
func (e *PortsError) Unwrap() []error {
	all := make([]error, len(e.Busy))
	for i, b := range e.Busy {
		all[i] = b.Err
	}
	return all
}

// reason shortens a bind error to its cause and the address it is about.
func reason(err error) string {
	var op *net.OpError
	if !errors.As(err, &op) || op.Addr == nil {
		return err.Error()
	}
	cause := op.Err
	for errors.Unwrap(cause) != nil {
		cause = errors.Unwrap(cause)
	}
	return fmt.Sprintf("%s: %v", op.Addr, cause)
}

// bindFirst takes the first candidate whose port is free on every loopback
// family that the machine has. It never picks a port of its own: Cognito
// compares redirect URIs exactly, so only a registered port can work.
func bindFirst(candidates []redirect, listen func(network, address string) (net.Listener, error)) (redirect, []net.Listener, error) {
	failed := &PortsError{}
	for _, c := range candidates {
		lns, err := bind(c, listen)
		if err == nil {
			return c, lns, nil
		}
		failed.Busy = append(failed.Busy, Busy{RedirectURI: c.raw, Port: c.port, Err: err})
	}
	return redirect{}, nil, failed
}

func bind(c redirect, listen func(network, address string) (net.Listener, error)) ([]net.Listener, error) {
	var lns []net.Listener
	var missing error
	for _, ip := range addresses {
		network := "tcp4"
		if ip == "::1" {
			network = "tcp6"
		}
		ln, err := listen(network, net.JoinHostPort(ip, c.port))
		switch {
		case err == nil:
			lns = append(lns, ln)
		case familyMissing(err) && !strings.Contains(c.host, ip):
			missing = err
		default:
			closeAll(lns)
			return nil, err
		}
	}
	if len(lns) == 0 {
		return nil, missing
	}
	return lns, nil
}

// familyMissing tells "this machine has no such loopback address" from "the
// port is taken". The two numbers are Windows' own for the same errors.
func familyMissing(err error) bool {
	const wsaAFNoSupport, wsaAddrNotAvail = syscall.Errno(10047), syscall.Errno(10049)
	for _, errno := range []syscall.Errno{syscall.EAFNOSUPPORT, syscall.EADDRNOTAVAIL, wsaAFNoSupport, wsaAddrNotAvail} {
		if errors.Is(err, errno) {
			return true
		}
	}
	return false
}

func closeAll(lns []net.Listener) {
	for _, ln := range lns {
		ln.Close()
	}
}
