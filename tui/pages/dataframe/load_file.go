package dataframe

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
)

// Sizes of what is shown of a file before it is read to its end.
const (
	headRows  = 1000
	leastRows = 40      // of many columns
	headCells = 250_000 // of as many rows as these make
	// tellEvery is how often progress is told.
	tellEvery = 100 * time.Millisecond
)

// answer is what a command about a file found. The page takes it on its loop.
type answer interface {
	take(f *Page) tea.Cmd
}

type (
	// opened answers with the head of a file.
	opened struct {
		seq  int
		from *reader
		head *file
		err  error
	}
	// progressed says how far the file is read.
	progressed struct {
		from *reader
		read textfile.Progress
	}
	// finished answers with all of a file.
	finished struct {
		from *reader
		all  *file
		err  error
	}
)

// reader reads one file. Its file is closed when its context ends.
type reader struct {
	ctx  context.Context
	src  *textfile.File
	o    Options
	busy sync.Mutex // held while the file is read to its end
	told chan textfile.Progress
}

// openFile opens a file and reads its head.
func openFile(ctx context.Context, o Options, seq int) tea.Cmd {
	return func() tea.Msg {
		src, err := textfile.Open(ctx, o.File, o.Reading)
		if err != nil {
			return opened{seq: seq, err: err}
		}
		r := &reader{ctx: ctx, src: src, o: o, told: make(chan textfile.Progress, 1)}
		context.AfterFunc(ctx, func() {
			r.busy.Lock()
			defer r.busy.Unlock()
			_ = src.Close() // It was only read.
		})
		head, err := r.head()
		return opened{seq, r, head, err}
	}
}

// head copies the first rows: they are shown while the file is read, which may
// find out that they are of other types.
func (r *reader) head() (*file, error) {
	head, err := r.src.Head(r.ctx)
	if err != nil {
		return nil, err
	}
	rows := min(headRows, max(headCells/max(len(head.Columns()), 1), leastRows))
	if r.o.Countries != nil {
		rows = 0 // Which of them are chosen is not known yet.
	}
	b, err := frame.Rows(r.ctx, head, frame.All(head), 0, rows)
	if err != nil {
		return nil, err
	}
	held := frame.New(head.Origin(), slices.Clone(head.Columns()), b.Columns)
	return newFile(r.ctx, held, head.Report, false), nil
}

// finish reads the file to its end.
func (r *reader) finish() tea.Msg {
	r.busy.Lock()
	defer r.busy.Unlock()
	defer close(r.told)
	if err := r.ctx.Err(); err != nil {
		return finished{r, nil, err}
	}
	var last time.Time
	all, err := r.src.Finish(r.ctx, func(p textfile.Progress) {
		if now := time.Now(); now.Sub(last) >= tellEvery {
			last = now
			select {
			case r.told <- p:
			default:
			}
		}
	})
	if err != nil {
		return finished{r, nil, err}
	}
	rows := frame.Frame(all)
	if r.o.Countries != nil {
		if rows, err = chosenRows(r.ctx, all, r.o.Countries); err != nil {
			return finished{r, nil, err}
		}
	}
	return finished{r, newFile(r.ctx, rows, all.Report, true), nil}
}

// listen waits for progress.
func (r *reader) listen() tea.Msg {
	select {
	case p, ok := <-r.told:
		if ok {
			return progressed{r, p}
		}
	case <-r.ctx.Done():
	}
	return nil
}

// take shows the head of a file and reads on.
func (m opened) take(f *Page) tea.Cmd {
	if m.seq != f.load.seq {
		return nil
	}
	f.load.busy = false
	if m.err != nil {
		return f.failed(m.err)
	}
	f.load.have, f.load.err = true, nil
	f.show(m.from.ctx, m.head)
	f.reader = m.from
	return tea.Batch(m.from.finish, m.from.listen)
}

// take shows how far a file was read.
func (m progressed) take(f *Page) tea.Cmd {
	if m.from != f.reader || f.file == nil || f.file.whole {
		return nil
	}
	f.file.read = m.read
	return m.from.listen
}

// take shows all of a file. Half of one is no table: a file that cannot be
// read to its end is no longer shown.
func (m finished) take(f *Page) tea.Cmd {
	if m.from != f.reader || f.file == nil {
		return nil
	}
	if m.err != nil {
		if errors.Is(m.err, context.Canceled) {
			return nil
		}
		f.show(f.env.Ctx, &f.regions)
		f.load.have = false
		return f.failed(m.err)
	}
	f.fig, f.file = m.all, m.all
	f.table.Replace(m.all)
	return nil
}

// chosenRows are the rows of which the first column holds one of the names.
func chosenRows(ctx context.Context, f frame.Frame, names []string) (frame.Frame, error) {
	var rows []uint32
	var all []string // that the column holds
	found := make([]bool, len(names))
	err := f.Scan(ctx, []int{0}, 0, f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			text := b.Columns[0].String(i)
			if len(all) < maxPicks {
				all = append(all, text)
			}
			if n := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(strings.TrimSpace(n), strings.TrimSpace(text)) }); n >= 0 {
				rows, found[n] = append(rows, uint32(b.First+i)), true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if n := slices.Index(found, false); n >= 0 {
		return nil, noSuchRegion(all, names[n])
	}
	b, err := frame.Gather(ctx, f, frame.All(f), rows)
	if err != nil {
		return nil, err
	}
	return frame.New(f.Origin(), slices.Clone(f.Columns()), b.Columns), nil
}

// maxPicks is how many names are looked through for one that was meant.
const maxPicks = 10_000
