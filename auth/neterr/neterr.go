// Package neterr says which hosts are this machine, what a failed request
// means ([Kind]), and in plain words why it failed and what to do about it
// ([Why]). Its types are what package transport and those who read answers
// fail with. It knows nothing of sign-in and makes no request.
package neterr

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
)

// Loopback reports whether a host name, without a port, is this machine by
// definition: localhost or an IP literal of the loopback range.
func Loopback(name string) bool {
	ip := net.ParseIP(name)
	return strings.EqualFold(name, "localhost") || ip != nil && ip.IsLoopback()
}

// TooLarge is an answer that was cut: it has more bytes than this limit.
type TooLarge int64

// Error names the limit.
func (l TooLarge) Error() string { return "the answer is larger than " + l.size() }

func (l TooLarge) size() string {
	if l >= 1<<20 {
		return fmt.Sprintf("%d MiB", l>>20)
	}
	return fmt.Sprintf("%d bytes", int64(l))
}

// SetupError is a request that was not made because of a setting of this
// program. Its text is fit to be shown, with what to do after a semicolon.
type SetupError struct{ Err error }

// Error is the text of Err.
func (e *SetupError) Error() string { return e.Err.Error() }

// Unwrap gives Err.
func (e *SetupError) Unwrap() error { return e.Err }

// Why says why a request to host, with its port if it has one, brought no
// answer that can be used, and what to do about it: a clause each, with no
// text of err in it, which may repeat an address. setting is what the
// configuration calls the host, such as "COGNITO_DOMAIN".
func Why(host, setting string, err error) (what, todo string) {
	if what, todo := known(host, setting, err); what != "" {
		return what, todo
	}
	if what, todo := TLS(host, setting, err); what != "" {
		return what, todo
	}
	var dns *net.DNSError
	switch {
	case TimedOut(err):
		return host + " did not answer in time", "check the network and try again"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "there is no host " + host, "check " + setting + " and the network"
	case errors.As(err, &dns):
		return "the name " + host + " could not be looked up", "check the network and try again"
	case refused(err) && Loopback(bare(host)):
		return "nothing listens on " + host, "start it with tabgate pool serve, or check " + setting
	case refused(err):
		return host + " refuses connections", "check " + setting + " and the network"
	case isAny(err, syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.ENETDOWN):
		return host + " cannot be reached: there is no way to it from here", "check the network and try again"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return host + " broke off its answer", "check " + setting + " and any proxy on the way, and try again"
	case isAny(err, syscall.ECONNRESET, io.EOF):
		return host + " ended the connection without an answer", "check " + setting + " and any proxy on the way, and try again"
	}
	return host + " cannot be reached", "check the network and try again"
}

// known is Why for the types of this package; "" for any other error.
func known(host, setting string, err error) (what, todo string) {
	var (
		proxy  *ProxyError
		status *StatusError
		moved  *RedirectError
		large  TooLarge
		setup  *SetupError
	)
	switch {
	case errors.As(err, &proxy):
		return proxy.why(host, setting)
	case errors.As(err, &status):
		return status.why(host, setting)
	case errors.As(err, &moved):
		return moved.why(host, setting)
	case errors.As(err, &large):
		return host + " answered with more than " + large.size(), "check " + setting + " and any proxy on the way"
	case errors.As(err, &setup):
		what, todo, _ := strings.Cut(setup.Error(), "; ")
		return what, cmp.Or(todo, "check the configuration")
	case errors.Is(err, ErrOffline):
		return ErrOffline.Error(), "leave out --offline (TABGATE_OFFLINE) to use the network"
	}
	return "", ""
}

// TimedOut reports whether the time for an answer was over.
func TimedOut(err error) bool {
	var t net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &t) && t.Timeout()
}

// TLS is Why for what is wrong with a certificate or the encryption; "" where
// nothing is.
func TLS(host, setting string, err error) (what, todo string) {
	var (
		unknown x509.UnknownAuthorityError
		other   x509.HostnameError
		invalid x509.CertificateInvalidError
		record  tls.RecordHeaderError
		op      *net.OpError
	)
	switch {
	case errors.As(err, &unknown):
		return "the certificate of " + host + " is signed by nobody this machine trusts",
			"a company's proxy may be in between: set TABGATE_CA_FILE to a file with its certificate"
	case errors.As(err, &other):
		return "the certificate there is not for " + host, "check " + setting + " and the network you are on"
	case errors.As(err, &invalid):
		return "the certificate of " + host + " is not valid now", "check this machine's clock and the network you are on"
	case errors.As(err, &record):
		return host + " does not speak TLS", "check " + setting + " and any proxy on the way"
	case errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error"): // a TLS alert, theirs or ours
		return host + " does not speak TLS as it should (1.2 or newer)", "check " + setting + " and any proxy on the way"
	}
	return "", ""
}

// wsaRefused is Windows' own number for a refused connection.
const wsaRefused = syscall.Errno(10061)

func refused(err error) bool { return isAny(err, syscall.ECONNREFUSED, wsaRefused) }

func isAny(err error, these ...error) bool {
	for _, e := range these {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// bare is a host without its port.
func bare(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}
