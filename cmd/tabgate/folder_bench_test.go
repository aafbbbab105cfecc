package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui"
)

// watched is the app of a folder without a terminal, whose frames are waited
// for.
type watched struct {
	b    *testing.B
	root *tui.Root
	msgs chan tea.Msg
}

// watch runs a folder as the app does, from a page on.
func (p *place) watch(b *testing.B, dir, page string) *watched {
	b.Helper()
	ctx := b.Context()
	c := appIn(&world{env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home, now: time.Now})
	d, err := c.openDashboard(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(d.close)
	cfg := config.Config{Theme: "dark", Glyphs: "octant"}
	allowed := &atomic.Bool{}
	store := c.store(ctx, cfg, d, allowed, nil)
	b.Cleanup(func() { store.Close() })
	c.desk, c.start = deskOf(d, store), page
	reload := &reloader{wiring: c.wiring, app: c, cfg: cfg, dir: d, store: store, allowed: allowed}
	w := &watched{b: b, root: c.model(ctx, cfg, nil), msgs: make(chan tea.Msg, 64)}
	changed := source.WatchFolder(ctx, d.path)
	go func() {
		for msg := range messages(ctx, changed, reload.reload) {
			w.msgs <- msg
		}
	}()
	w.run(ctx, w.root.Init())
	w.root.Update(tea.WindowSizeMsg{Width: 160, Height: 45})
	return w
}

func (w *watched) run(ctx context.Context, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		select {
		case w.msgs <- cmd():
		case <-ctx.Done():
		}
	}()
}

// see waits until a frame holds a text.
func (w *watched) see(text string) {
	ctx, stop := context.WithTimeout(w.b.Context(), 30*time.Second)
	defer stop()
	for !strings.Contains(ansi.Strip(w.root.View()), text) {
		select {
		case msg := <-w.msgs:
			switch msg := msg.(type) {
			case tea.BatchMsg:
				for _, cmd := range msg {
					w.run(w.b.Context(), cmd)
				}
			case nil:
			default:
				_, cmd := w.root.Update(msg)
				w.run(w.b.Context(), cmd)
			}
		case <-ctx.Done():
			w.b.Fatalf("it never shows %q:\n%s", text, ansi.Strip(w.root.View()))
		}
	}
}

// BenchmarkReload saves a page and waits for the frame that shows it. The target
// is 100 ms, of which the watcher waits 20 for more to be saved; measured were
// 47 ms on two busy cores, and 41 ms on a terminal of 160x45 from outside.
func BenchmarkReload(b *testing.B) {
	p := newPlace(b)
	dir := p.desk(nil)
	w := p.watch(b, dir, "sales")
	w.see("Sold")
	page := filepath.Join(dir, "pages", "1_Sales.yaml")
	n := 0
	for b.Loop() {
		n++
		label := fmt.Sprintf("Sold up to %d.", n)
		if err := os.WriteFile(page, []byte(strings.Replace(deskFiles["pages/1_Sales.yaml"], "label: Sold", "label: "+label, 1)), 0o600); err != nil {
			b.Fatal(err)
		}
		w.see(label)
	}
}

// manyPages are 40 pages with 100 panels in all: metrics, charts, tables and
// texts of a source that each page reads anew.
func manyPages() map[string]string {
	files := map[string]string{"pages/1_Sales.yaml": "", "pages/2_Costs.yaml": ""}
	sales := "day,region,product,amount\n"
	for i := range 2000 {
		sales += fmt.Sprintf("2024-%02d-%02d,R%d,P%d,%d\n", 1+i/28%12, 1+i%28, i%5, i%9, i*7%1000)
	}
	files["data/sales.csv"] = sales
	panels := []string{
		"line_chart: {source: sales, x: day, y: amount, color: region}",
		"bar_chart: {source: sales, x: product, y: amount}",
		"table: {source: sales, sort: [-amount]}",
		"metric: {label: Sold, source: sales, field: amount, aggregate: sum}",
		"scatter_chart: {source: sales, x: day, y: amount, color: product}",
	}
	for i := range 40 {
		text := "groups: []\nsources:\n  sales: {path: data/sales.csv}\nrows:\n"
		for k := range 2 + i%2 {
			text += "  - - " + panels[(i+k)%len(panels)] + "\n"
		}
		files[fmt.Sprintf("pages/%02d_Page.yaml", i+1)] = strings.Replace(text, "groups: []\n", fmt.Sprintf("groups: []\nid: page-%d\n", i+1), 1)
	}
	return files
}

// BenchmarkCheck checks 40 pages with 100 panels, as the command does. The
// target is a second; measured were 0.36 s of computing.
func BenchmarkCheck(b *testing.B) {
	p := newPlace(b)
	dir := p.desk(manyPages())
	for b.Loop() {
		if got := p.run("check", dir); got.code != exitDone || got.out != "" {
			b.Fatalf("exit %d: %s%s", got.code, got.out, got.err)
		}
	}
}
