package board

import (
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/panels"
)

// refeed brings the sources, their kept rows and the panels up to what is
// chosen now. It asks for what is not known, ends what nobody waits for, and
// tells those panels whose figures changed.
func (b *Board) refeed() tea.Cmd {
	var cmds []tea.Cmd
	for _, in := range b.bar.inputs {
		cmds = append(cmds, b.data.start(in.Source, b.bar))
	}
	cmds = append(cmds, b.bar.learn(b.data, ""))
	for _, k := range b.data.kept {
		k.used = false
	}
	for _, s := range b.all() {
		for _, name := range s.names {
			cmds = append(cmds, b.data.start(name, b.bar))
		}
		cmds = append(cmds, s.feed(), s.feedBeside())
	}
	cmds = append(cmds, b.made.suggest(b))
	b.data.release()
	setFoot(b)
	b.relayout()
	return tea.Batch(cmds...)
}

// feed gives the panel its figures where they changed.
func (s *slot) feed() tea.Cmd {
	if s.err != nil || len(s.names) == 0 {
		return nil
	}
	tables, keys := map[string]panels.Table{}, map[string]string{}
	var cmds []tea.Cmd
	for _, name := range s.names {
		table, key, cmd := s.table(name)
		cmds = append(cmds, cmd)
		if key == "" { // Not known yet: the old figures stay.
			if s.keys[name] == "" {
				continue
			}
			table, key = s.tables[name], s.keys[name]
		}
		tables[name], keys[name] = table, key
	}
	if len(tables) > 0 && !maps.Equal(keys, s.keys) {
		s.tables, s.keys = tables, keys
		cmds = append(cmds, s.update(panels.Data{Sources: tables}))
	}
	return tea.Batch(cmds...)
}

// table is what the panel is to see of a source, and a key that tells it from
// others: "" as long as it is not known.
func (s *slot) table(name string) (t panels.Table, key string, cmd tea.Cmd) {
	feed := s.board.data.feeds[name]
	if feed == nil {
		return t, "", nil
	}
	if _, required, _ := s.where(name, nil); feed.feed == nil && required == "" {
		return t, "", nil
	}
	snap := feed.last
	t.Snapshot = snap
	if says(s.board, name) {
		t.Note = ""
	}
	if feed.err != nil && snap.Err == nil {
		t.Err = feed.err
	}
	where, required, known := s.where(name, snap.Frame)
	t.Where, t.Required = where, required
	key = strings.Join([]string{itoa(feed.opened), itoa(snap.Seq), text(where), required, t.Waiting, wordsOf(t.Err)}, "\x00")
	switch {
	case snap.Seq == 0 && t.Err == nil && required == "":
		return t, "", nil
	case snap.Frame == nil, required != "":
		return t, key, nil
	case !known:
		return t, "", nil
	}
	from, cmd := s.origin(name)
	if from.frame == nil {
		return t, "", cmd
	}
	if from.shape > 0 { // The inputs are in it.
		where = s.filter
	}
	k, keeping := s.board.data.keep(from, where)
	cmd = tea.Batch(cmd, keeping)
	s.kept = k
	if k.seq != from.seq { // Those of the snapshot before, until these are filtered.
		return t, "", cmd
	}
	if k.err != nil && t.Err == nil {
		t.Err = placed{s.panel.At, wordsOf(k.err)}
	}
	t.Rows = k.rows
	if from.shape > 0 {
		t.Frame = from.base
		key += "\x00" + itoa(from.shape)
	}
	return t, key, cmd
}

// where is what is kept of a source for the panel: by the inputs, and by its own
// conditions.
func (s *slot) where(name string, f frame.Frame) (where query.Where, required string, known bool) {
	if s.from != nil {
		where, required, known = s.from.where(name, f)
		return slices.Concat(where, s.filter), required, known
	}
	bar := s.board.bar
	where, required, known = bar.filter(name, s.board.data.feeds[name].src.Query, s.panel.Ignore)
	own, ownRequired, ownKnown := bar.resolve(s.panel.Where)
	if required == "" {
		required = ownRequired
	}
	if f != nil && len(s.names) > 1 {
		own = slices.DeleteFunc(own, func(c query.Condition) bool { return frame.Find(f, c.Field) < 0 })
	}
	return slices.Concat(where, own), required, known && ownKnown
}

func wordsOf(err error) string {
	if err == nil {
		return ""
	}
	return session.Clean(err.Error(), 400)
}

// mood is what kind of sentence stands in the place of a panel.
type mood int

const (
	fine mood = iota
	waiting
	asking
	failed
)

// shows is the sentence that stands in the place of the panel, "" where the
// panel itself does.
func (s *slot) shows() string {
	text, _ := s.sentence()
	return text
}

func (s *slot) sentence() (string, mood) {
	if s.err != nil {
		return wordsOf(s.err), failed
	}
	if len(s.names) != 1 {
		return "", fine // It says itself what it lacks.
	}
	name := s.names[0]
	feed := s.board.data.feeds[name]
	if feed == nil {
		return placed{s.panel.At, "there is no source " + session.Clean(name, 60)}.Error(), failed
	}
	t, ok := s.tables[name]
	switch {
	case !ok && feed.last.Waiting != "":
		return session.Clean(feed.last.Waiting, 200), waiting
	case !ok:
		return s.progress(feed), waiting
	case t.Required != "":
		return session.Clean(t.Required, 400), asking
	case t.Frame == nil && t.Waiting != "":
		return session.Clean(t.Waiting, 200), waiting
	case t.Frame == nil && t.Err != nil:
		return unreached(s.board, t.Err), failed
	case t.Frame == nil:
		return s.progress(feed), waiting
	case t.Rows == nil && t.Err != nil:
		return wordsOf(t.Err), failed
	}
	return "", fine
}

// progress says how far a source has been read.
func (s *slot) progress(f *feed) string {
	text := "Reading " + session.Clean(f.src.Name, 60) + "…"
	if p := f.last.Progress; p.Total > 0 {
		text += " " + itoa(int(100*p.Bytes/p.Total)) + " %"
	}
	return text
}
