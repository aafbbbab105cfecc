package neterr

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
	"testing"
)

func TestWhyAHostCannotBeReached(t *testing.T) {
	dial := func(err error) error {
		return &url.Error{Op: "Get", URL: "https://pool.example/?code=canary", Err: &net.OpError{Op: "dial", Net: "tcp", Err: err}}
	}
	tests := map[string]struct {
		host       string
		err        error
		what, todo string // parts
	}{
		"time over":             {"pool.example", fmt.Errorf("x: %w", context.DeadlineExceeded), "did not answer in time", "network"},
		"time over at the dial": {"pool.example", dial(&net.DNSError{Err: "i/o timeout", IsTimeout: true}), "did not answer in time", "network"},
		"no such name":          {"pool.example", dial(&net.DNSError{Err: "no such host", IsNotFound: true}), "there is no host pool.example", "COGNITO_DOMAIN"},
		"no name server":        {"pool.example", dial(&net.DNSError{Err: "server misbehaving", IsTemporary: true}), "could not be looked up", "network"},
		"refused":               {"pool.example", dial(syscall.ECONNREFUSED), "refuses connections", "COGNITO_DOMAIN"},
		"refused on Windows":    {"pool.example", dial(wsaRefused), "refuses connections", "COGNITO_DOMAIN"},
		"refused here":          {"127.0.0.1:9229", dial(syscall.ECONNREFUSED), "nothing listens on 127.0.0.1:9229", "tabgate pool serve"},
		"refused here, by IPv6": {"[::1]", dial(syscall.ECONNREFUSED), "nothing listens on [::1]", "tabgate pool serve"},
		"no network":            {"pool.example", dial(syscall.ENETUNREACH), "no way to it", "network"},
		"cut off":               {"pool.example", dial(syscall.ECONNRESET), "ended the connection", "proxy"},
		"broken off":            {"pool.example", io.ErrUnexpectedEOF, "broke off its answer", "proxy"},
		"hung up":               {"pool.example", io.EOF, "ended the connection", "proxy"},
		"unknown authority":     {"pool.example", dial(x509.UnknownAuthorityError{}), "nobody this machine trusts", "TABGATE_CA_FILE"},
		"another's certificate": {"pool.example", dial(x509.HostnameError{Certificate: &x509.Certificate{}, Host: "x"}), "not for pool.example", "COGNITO_DOMAIN"},
		"expired":               {"pool.example", dial(x509.CertificateInvalidError{Cert: &x509.Certificate{}}), "not valid now", "clock"},
		"no TLS":                {"pool.example", dial(tls.RecordHeaderError{Msg: "x"}), "does not speak TLS", "COGNITO_DOMAIN"},
		"an alert":              {"pool.example", &url.Error{Op: "Get", Err: &net.OpError{Op: "remote error", Err: errors.New("tls: protocol version not supported")}}, "1.2 or newer", "COGNITO_DOMAIN"},
		"too large":             {"pool.example", dial(TooLarge(1 << 20)), "more than 1 MiB", "proxy"},
		"anything else":         {"pool.example", dial(errors.New("canary")), "pool.example cannot be reached", "network"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			what, todo := Why(test.host, "COGNITO_DOMAIN", test.err)
			if !strings.Contains(what, test.what) || !strings.Contains(todo, test.todo) {
				t.Errorf("got %q, %q", what, todo)
			}
			if strings.Contains(what+todo, "canary") {
				t.Errorf("repeats the error: %q, %q", what, todo)
			}
		})
	}
}

func TestLoopbackNames(t *testing.T) {
	for name, want := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "127.0.0.1": true, "127.8.8.8": true, "::1": true, "::ffff:127.0.0.1": true,
		"": false, "localhost.example": false, "127.0.0.1.example": false, "0.0.0.0": false, "10.0.0.1": false, "127.1": false,
	} {
		if Loopback(name) != want {
			t.Errorf("Loopback(%q) = %v", name, !want)
		}
	}
}

func TestWhatAStatusMeans(t *testing.T) {
	tests := map[int]struct {
		kind       Kind
		copied     bool // a copy of an earlier answer may stand in
		what, todo string
	}{
		401: {Unauthorized, false, "wants to know who asks (HTTP 401)", "data.agriculture"},
		403: {Forbidden, false, "refuses access (HTTP 403)", "ask whoever runs it"},
		404: {NotFound, false, "has nothing at this address (HTTP 404)", "check data.agriculture"},
		410: {Gone, false, "no longer has anything at this address (HTTP 410)", "check data.agriculture"},
		429: {Throttled, true, "has too many requests just now (HTTP 429)", "in a minute"},
		500: {Server, true, "has trouble of its own (HTTP 500)", "in a minute"},
		599: {Server, true, "has trouble of its own (HTTP 599)", "in a minute"},
		600: {Unexpected, false, "answered with HTTP 600", "check data.agriculture"},
		418: {Unexpected, false, "answered with HTTP 418", "check data.agriculture"},
		302: {Unexpected, false, "answered with HTTP 302", "check data.agriculture"},
		204: {Unexpected, false, "answered with HTTP 204", "check data.agriculture"},
	}
	for status, test := range tests {
		err := fmt.Errorf("fetch: %w", &StatusError{Host: "data.example", Status: status})
		what, todo := Why("data.example", "data.agriculture", err)
		if kind := KindOf(err); kind != test.kind || kind.Passing() != test.copied || kind.Refused() != (status == 401 || status == 403) {
			t.Errorf("%d is %d, passing %v, refused %v", status, kind, kind.Passing(), kind.Refused())
		}
		if what != "data.example "+test.what || !strings.Contains(todo, test.todo) {
			t.Errorf("%d: %q; %q", status, what, todo)
		}
	}
}

func TestWhatOtherFailuresMean(t *testing.T) {
	tests := map[string]struct {
		err  error
		kind Kind
		what string
	}{
		"nothing known": {errors.New("canary"), NoAnswer, "data.example cannot be reached"},
		"offline":       {ErrOffline, NoAnswer, "offline"},
		"too large":     {TooLarge(16 << 20), NoAnswer, "data.example answered with more than 16 MiB"},
		"moved":         {&RedirectError{To: "https://other.example"}, Unexpected, "data.example redirects to https://other.example, which is not followed"},
		"in circles":    {&RedirectError{To: "https://data.example", Times: 5}, Unexpected, "data.example redirects more than 5 times"},
		"cancelled":     {&url.Error{Op: "Get", Err: context.Canceled}, Cancelled, "data.example cannot be reached"},
		"a setting":     {&SetupError{errors.New("the CA file is empty; check TABGATE_CA_FILE")}, NoAnswer, "the CA file is empty"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			what, todo := Why("data.example", "data.agriculture", fmt.Errorf("fetch: %w", test.err))
			if kind := KindOf(test.err); kind != test.kind || what != test.what || todo == "" {
				t.Errorf("kind %d, %q; %q", kind, what, todo)
			}
		})
	}
}
