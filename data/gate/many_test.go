package gate_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/gate/wire"
)

// idle opens connections that were answered once and ask nothing more.
func (d *desk) idle(t testing.TB, n int) []net.Conn {
	t.Helper()
	conns := make([]net.Conn, 0, n)
	for range n {
		c, err := net.Dial("tcp", d.host())
		if err != nil {
			t.Fatalf("after %d connections: %v", len(conns), err)
		}
		conns = append(conns, c)
		if _, err := io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range conns {
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			t.Fatal(err)
		}
	}
	return conns
}

func TestG18ManyConnections(t *testing.T) {
	many := min(10_000, (openFiles()-500)/2) // both ends are this process's
	if testing.Short() {
		many = 500
	}
	d := serve(t, house(), func(o *options) { o.Audit = nil })
	d.get(wire.FramePath("risk", "risk", nil), "ana").complete(t, "2")
	before := runtime.NumGoroutine()
	conns := d.idle(t, many)
	d.get(wire.FramePath("risk", "risk", nil), "ana").complete(t, "2")
	d.get(wire.FramePath("risk", "risk", nil), "").refused(t, http.StatusUnauthorized, figures...)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("%d connections take %d kB each in all", many, m.Sys/uint64(many)/1000)
	for _, c := range conns {
		c.Close()
	}
	eventually(t, "the connections are forgotten", func() bool { return runtime.NumGoroutine() <= before+10 })
}

// BenchmarkFrames is the gate beside net/http's own server of files: 100 kB of
// csv, 64 connections.
func BenchmarkFrames(b *testing.B) {
	row := strings.Repeat("x", 93)
	f := house()
	f["data/open.csv"] = "a,b\n" + strings.Repeat("1,"+row+"\n", 1042)
	f["pages/5_Gated.yaml"] = "groups: [Underwriters]\nsources:\n  gated: {path: data/open.csv}\nrows:\n  - - table: {source: gated}\n"
	d := serve(b, f, func(o *options) { o.AtOnce = 1 << 20 })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	files := &http.Server{Handler: http.FileServer(http.Dir(d.dir))}
	go func() { _ = files.Serve(l) }()
	defer files.Close()
	for name, address := range map[string]string{
		"gate":       d.url + wire.FramePath("gated", "gated", nil),
		"FileServer": fmt.Sprintf("http://%s/data/open.csv", l.Addr()),
	} {
		b.Run(name, func(b *testing.B) { load(b, address) })
	}
}

// load asks for an address over 64 connections.
func load(b *testing.B, address string) {
	transport := &http.Transport{MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64, DisableCompression: true}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	b.SetParallelism((64 + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0))
	b.SetBytes(100_000)
	var mu sync.Mutex
	var took []time.Duration
	b.RunParallel(func(pb *testing.PB) {
		var own []time.Duration
		defer func() {
			mu.Lock()
			defer mu.Unlock()
			took = append(took, own...)
		}()
		for pb.Next() {
			began := time.Now()
			req, err := http.NewRequest(http.MethodGet, address, nil)
			if err != nil {
				b.Error(err)
				return
			}
			req.Header.Set("Authorization", "Bearer ana")
			resp, err := client.Do(req)
			if err != nil {
				b.Error(err)
				return
			}
			n, err := io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			if err != nil || n < 99_000 || resp.StatusCode != http.StatusOK {
				b.Errorf("%d bytes, %d: %v", n, resp.StatusCode, err)
				return
			}
			own = append(own, time.Since(began))
		}
	})
	if slices.Sort(took); len(took) > 0 {
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "requests/s")
	}
}

// BenchmarkIdle is what ten thousand idle connections cost.
func BenchmarkIdle(b *testing.B) {
	d := serve(b, house(), func(o *options) { o.Audit = nil })
	many := min(10_000, (openFiles()-500)/2)
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		conns := d.idle(b, many)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapInuse+after.StackInuse-before.HeapInuse-before.StackInuse)/float64(many), "B/conn")
		for _, c := range conns {
			c.Close()
		}
	}
}
