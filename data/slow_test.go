package data

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// talk makes a client whose connections reach a function instead of a server.
func talk(serve func(net.Conn)) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			go func() {
				defer theirs.Close()
				if _, err := http.ReadRequest(bufio.NewReader(theirs)); err == nil {
					serve(theirs)
				}
			}()
			return ours, nil
		},
	}}
}

// A server that keeps sending, but a byte a second, is given up as well: the
// time is for the whole answer.
func TestT20ASlowServerIsGivenUpInTime(t *testing.T) {
	slowly := func(c net.Conn, text string) {
		for i := range text {
			if _, err := c.Write([]byte(text[i : i+1])); err != nil {
				return
			}
			time.Sleep(time.Second)
		}
	}
	servers := map[string]func(net.Conn){
		"a byte a second": func(c net.Conn) { slowly(c, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") },
		"a body that trickles": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
			slowly(c, strings.Repeat("Region,1961\n", 99))
		},
		"a body that stops": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nRegion")
			time.Sleep(time.Hour)
		},
	}
	for name, server := range servers {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := NewSource(Options{HTTP: talk(server), URLs: URLs{Agriculture: "http://data.example.com/a.csv"}})
				begin := time.Now()
				_, err := s.Agriculture(t.Context())
				if took := time.Since(begin); err == nil || err.Error() != "data.example.com did not answer in time; check the network and try again" || took != MaxTime {
					t.Errorf("after %s: %v", took, err)
				}
				time.Sleep(2 * time.Hour) // The server's side ends.
			})
		})
	}
}

func TestAnswersThatBreakOff(t *testing.T) {
	servers := map[string]struct{ says, want string }{
		"shorter than said": {"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nRegion,1961\nChina,1\n", "data.example.com broke off its answer"},
		"without an answer": {"", "data.example.com ended the connection without an answer"},
		"not found":         {"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "data.example.com has nothing at this address (HTTP 404)"},
	}
	for name, tt := range servers {
		t.Run(name, func(t *testing.T) {
			client := talk(func(c net.Conn) { _, _ = io.WriteString(c, tt.says) })
			s := NewSource(Options{HTTP: client, URLs: URLs{Agriculture: "http://data.example.com/a.csv"}})
			_, err := s.Agriculture(t.Context())
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

// What was fetched while the clock was ahead does not count as fresh until
// that time comes.
func TestACacheFromTheFutureIsAskedFor(t *testing.T) {
	dir := t.TempDir()
	agriculture(t, source(dir, serve(200, unText), noon.Add(400*24*time.Hour)))
	net := serve(304, "")
	s := source(dir, net, noon)
	now, err := s.AgricultureNow(t.Context())
	if err != nil || s.Final(now.Origin) {
		t.Errorf("%+v counts as the newest, %v", now.Origin, err)
	}
	if o := agriculture(t, s).Origin; len(net.asked) != 1 || o.Kind != Live || !o.Fetched.Equal(noon) {
		t.Errorf("asked %d times, %+v", len(net.asked), o)
	}
}
