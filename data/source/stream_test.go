package source_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
)

// piped is standard input that a test writes to.
type piped struct {
	watched
	in *io.PipeWriter
}

func (p *piped) write(text string) {
	p.t.Helper()
	if _, err := io.WriteString(p.in, text); err != nil {
		p.t.Fatal(err)
	}
}

const goesOn = "standard input goes on: rows are shown as they come"

func TestStandardInput(t *testing.T) {
	run := func(name string, test func(t *testing.T, p *piped)) {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				out, in := io.Pipe()
				defer in.Close()
				p := &piped{watched: watched{t: t}, in: in}
				p.store = store(t, source.Options{Files: true, Stdin: out}.With(source.NewSystem()))
				p.feed = p.store.Open(dashboard.Source{Path: "-"}, nil)
				t.Cleanup(p.feed.Close)
				test(t, p)
			})
		})
	}
	run("is shown as it comes", func(t *testing.T, p *piped) {
		p.write("day,amount\n2024-01-01,1\n2024-01-")
		got := p.next()
		equal(t, text(t, got.Frame), "day amount\n2024-01-01 1")
		equal(t, got.Note, goesOn)
		p.write("02,2\n")
		got = p.next()
		equal(t, got.Grown, true)
		equal(t, text(t, got.Frame), "day amount\n2024-01-01 1\n2024-01-02 2")
		p.write("2024-01-03,3") // the last line needs no end
		p.nothing(10 * time.Second)
		equal(t, p.in.Close(), nil)
		got = p.next()
		equal(t, got.Note, "")
		equal(t, text(t, got.Frame), "day amount\n2024-01-01 1\n2024-01-02 2\n2024-01-03 3")
		p.nothing(10 * time.Second)
	})
	run("is read on where it is long", func(t *testing.T, p *piped) {
		p.write("id,amount,name\n" + rows(0, 100_000))
		got := p.next()
		for got.Frame.Len() < 100_000 {
			got = p.next()
		}
		p.write(rows(100_000, 100_010) + "100010,")
		got = p.next()
		equal(t, got.Grown, true)
		equal(t, got.Frame.Len(), 100_010)
		p.write("7,x")
		equal(t, p.in.Close(), nil)
		for got.Note != "" {
			got = p.next()
		}
		equal(t, got.Frame.Len(), 100_011)
	})
	run("tells where it breaks off", func(t *testing.T, p *piped) {
		p.write("a,b\n1,2\n")
		equal(t, p.in.CloseWithError(errors.New("the cable was pulled")), nil)
		got := p.next()
		for got.Note == goesOn {
			got = p.next()
		}
		equal(t, got.Note, "standard input broke off (the cable was pulled): what came before is shown")
		equal(t, text(t, got.Frame), "a b\n1 2")
	})
	run("that has nothing is told of", func(t *testing.T, p *piped) {
		equal(t, p.in.Close(), nil)
		equal(t, p.next().Err.Error(), `"standard input" cannot be read: it is empty: a table has a heading or a row`)
	})
	run("of records by line is shown as it comes", func(t *testing.T, p *piped) {
		p.write("{\"a\":1}\n{\"a\":2}\n{\"a")
		equal(t, text(t, p.next().Frame), "a\n1\n2")
	})
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte("a,b\n1,2\n3,4\n"))
	_ = z.Close()
	for name, whole := range map[string]string{
		"a list":                   "[{\"a\":1,\"b\":2},\n{\"a\":3,\"b\":4}]\n",
		"an object of many lines":  "{\"data\":\n[{\"a\":1,\"b\":2},\n{\"a\":3,\"b\":4}]}\n",
		"a packed file":            packed.String(),
		"text in another encoding": "\xff\xfe" + strings.Join(strings.Split("a,b\n1,2\n3,4\n", ""), "\x00") + "\x00",
	} {
		run("of "+name+" is shown when all has come", func(t *testing.T, p *piped) {
			for _, part := range []string{whole[:len(whole)/2], whole[len(whole)/2:]} {
				p.write(part)
				synctest.Wait()
			}
			equal(t, p.in.Close(), nil)
			got := p.next()
			for got.Frame == nil && got.Err == nil {
				got = p.next()
			}
			equal(t, got.Err, nil)
			equal(t, text(t, got.Frame), "a b\n1 2\n3 4")
		})
	}
	run("is received once for all who ask", func(t *testing.T, p *piped) {
		p.write("a,b\n1,2\n")
		src := dashboard.Source{Path: "-"}
		equal(t, src.Reading.Set("header", "no"), nil)
		other := p.store.Open(src, nil)
		defer other.Close()
		equal(t, text(t, complete(t, other, 0).Frame), "column1 column2\na b\n1 2")
		equal(t, text(t, p.next().Frame), "a b\n1 2")
	})
}
