//go:build unix

package loopback

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asUser is an environment variable that makes the test binary a request of
// another user's: uid,
// network, address, and whether to wait, close or reset.
const asUser = "TABGATE_TEST_AS_USER"

func init() {
	if order := os.Getenv(asUser); order != "" {
		requestAsUser(order)
		os.Exit(0)
	}
}

// requestAsUser gives up root for another user, brings the right answer and
// shows what it got.
func requestAsUser(order string) {
	var uid int
	var network, addr, mode string
	fmt.Sscan(order, &uid, &network, &addr, &mode)
	if err := syscall.Setuid(uid); err != nil {
		fmt.Println(err)
		return
	}
	conn, err := (&net.Dialer{}).DialContext(context.Background(), network, addr)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, port, _ := net.SplitHostPort(addr)
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost:%s\r\n\r\n", good, port)
	if mode == "reset" {
		conn.(*net.TCPConn).SetLinger(0)
	}
	if mode != "wait" {
		conn.Close()
		return
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	body, _ := io.ReadAll(response.Body)
	fmt.Println(response.StatusCode, response.Header.Get("Location"), string(body))
}

func TestU1AnotherUsersAnswerIsRefused(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("only root on Linux can be another user for a moment; TestU1WhoseAConnectionIs has tables instead")
	}
	for name, tt := range map[string]struct{ network, host, mode, want string }{
		"by IPv4":                     {"tcp4", "127.0.0.1", "wait", "403"},
		"by IPv6":                     {"tcp6", "[::1]", "wait", "403"},
		"who hangs up at once":        {"tcp4", "127.0.0.1", "close", ""},
		"who resets the conversation": {"tcp4", "127.0.0.1", "reset", ""},
	} {
		t.Run(name, func(t *testing.T) {
			l := open(t, "/", Options{})
			if conn, err := net.Dial("tcp6", "[::1]:"+l.at.port); err == nil {
				conn.Close()
			} else if tt.network == "tcp6" {
				t.Skip("this machine has no IPv6")
			}
			said := asOther(t, fmt.Sprint(1000, " ", tt.network, " ", tt.host+":"+l.at.port, " ", tt.mode))
			if !strings.HasPrefix(said, tt.want) || tt.want != "" && !strings.Contains(said, foreignPage.Title) {
				t.Errorf("it got %s", said)
			}
			if strings.Contains(said, l.done) {
				t.Error("it was told where the result is")
			}
			waiting(t, l)
			if tt.mode == "reset" { // its request may be lost with it, and then there is nothing to tell
				mustGoOn(t, l)
				return
			}
			select {
			case hint := <-l.Hints():
				if !strings.Contains(hint, "refused") {
					t.Errorf("the hint is %q", hint)
				}
			case <-time.After(20 * time.Second):
				t.Fatal("nobody is told")
			}
			mustGoOn(t, l)
		})
	}
	t.Run("root is no other user", func(t *testing.T) {
		l := open(t, "/", Options{})
		if said := asOther(t, "0 tcp4 127.0.0.1:"+l.at.port+" wait"); !strings.HasPrefix(said, "303 "+l.done) {
			t.Errorf("it got %s", said)
		}
	})
}

func asOther(t *testing.T, order string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asUser+"="+order)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatal(err, string(out))
	}
	return string(out)
}
