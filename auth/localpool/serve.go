package localpool

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// CheckListen refuses what is no host:port, and every address but a loopback
// one: anybody who can reach a pool can read the codes that it shows.
func CheckListen(address string) error {
	host, port, err := net.SplitHostPort(address)
	if n, bad := strconv.Atoi(port); err != nil || bad != nil || n < 0 || n > 65535 {
		return fmt.Errorf("%q is no address to listen on: give host:port, for example 127.0.0.1:9229", address)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("the local pool does not listen on %q: it shows sign-up codes to whoever reaches it, so only 127.0.0.1 and [::1] will do", address)
	}
	return nil
}

func listen(address string) (net.Listener, error) {
	if err := CheckListen(address); err != nil {
		return nil, err
	}
	if port, ok := strings.CutPrefix(address, "localhost:"); ok {
		address = "127.0.0.1:" + port
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("the local pool cannot listen on %s (%w); if another pool runs there, use it or end it, or choose another port with --listen", address, reason(err))
	}
	return l, nil
}

// reason is what the system said, without the call and the address or file.
func reason(err error) error {
	var call *os.SyscallError
	var file *os.PathError
	switch {
	case errors.As(err, &call):
		return call.Err
	case errors.As(err, &file):
		return file.Err
	}
	return err
}

func newServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // Browsers that hang up are no news.
	}
}
