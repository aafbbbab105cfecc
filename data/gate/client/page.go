package client

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// Limits of what a server names.
const (
	maxPages   = 41 // of a folder, and Home
	maxFrames  = 400
	maxTitle   = 200 // cells
	maxInput   = 100
	maxGroups  = 100
	maxID      = 200 // bytes
	maxRefresh = 24 * time.Hour
)

// Listing is the pages of a server as its tabs show them, cleaned. Home is not
// among them.
type Listing struct {
	Title string
	Home  string // Markdown
	Pages dashboard.Pages
	// Access is what the server says of each page to the one who asked.
	Access map[string]wire.Access
}

// Dashboard asks which pages there are.
func (c *Client) Dashboard(ctx context.Context) (Listing, error) {
	text, err := c.get(ctx, wire.DashboardPath, wire.MaxListing)
	if err != nil {
		return Listing{}, err
	}
	var d wire.Dashboard
	if err := decode(text, &d); err != nil {
		return Listing{}, &BadAnswerError{c.host(), "its list of pages: " + err.Error()}
	}
	l, err := listing(d)
	if err != nil {
		return Listing{}, &BadAnswerError{c.host(), "its list of pages: " + err.Error()}
	}
	return l, nil
}

// decode reads a JSON object in which no name stands twice.
func decode(text []byte, to any) error {
	if err := checkNames(text); err != nil {
		return err
	}
	if err := json.Unmarshal(text, to); err != nil {
		return errors.New("it is not of the form that is known")
	}
	return nil
}

func listing(d wire.Dashboard) (Listing, error) {
	l := Listing{Title: cut(d.Title), Home: d.Home, Access: map[string]wire.Access{}}
	if len(d.Pages) > maxPages {
		return l, fmt.Errorf("it has %d pages", len(d.Pages))
	}
	for _, e := range d.Pages {
		if e.ID == "home" {
			continue
		}
		if !isID(e.ID) {
			return l, errors.New("a page has an id that is none")
		}
		if _, twice := l.Access[e.ID]; twice {
			return l, errors.New("two pages have one id")
		}
		if e.Groups == nil || len(e.Groups) > maxGroups {
			return l, errors.New("a page does not say who opens it")
		}
		for _, group := range e.Groups {
			if group == "" || len(group) > 4*128 {
				return l, errors.New("a page names a group that is none")
			}
		}
		if e.Access != wire.Open && e.Access != wire.NeedSignIn && e.Access != wire.NoGroup {
			return l, errors.New("a page is neither open nor locked")
		}
		l.Access[e.ID] = e.Access
		l.Pages = append(l.Pages, dashboard.Page{ID: e.ID, Title: titleOf(e), Icon: icon(e.Icon), About: cut(e.About), Groups: e.Groups})
	}
	return l, nil
}

func titleOf(e wire.Entry) string {
	if t := strings.TrimSpace(cut(e.Title)); t != "" {
		return t
	}
	return e.ID
}

// icon is a sign of one character, which may be of several runes.
func icon(text string) string {
	if len([]rune(text)) > 8 || clean(text, 9) != text && !strings.ContainsRune(text, '\u200d') {
		return ""
	}
	for _, r := range text {
		if unicode.IsControl(r) || unicode.IsLetter(r) || unicode.IsSpace(r) {
			return ""
		}
	}
	return text
}

// isID reports whether a text is the id of a page: small letters, digits and -.
func isID(id string) bool {
	return id != "" && len(id) <= maxID && !strings.ContainsFunc(id, func(r rune) bool {
		return r != '-' && (!unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) || unicode.IsUpper(r))
	})
}

// cut is text of one line of up to maxTitle cells.
func cut(text string) string {
	text = clean(text, maxTitle)
	cells := 0
	for i, r := range text {
		if cells++; r >= 0x1100 {
			cells++
		}
		if cells > maxTitle-1 && i < len(text)-1 {
			return text[:i] + "…"
		}
	}
	return text
}

// Page is a page that is open: what it is made of, and where its frames are.
type Page struct {
	client *Client
	frames map[string]wire.Frame
	dashboard.Page
	Version string // the same for a definition that is the same
}

// Page asks for what a page is made of. Ids are those of all pages, which its
// panels may lead to.
func (c *Client) Page(ctx context.Context, listed dashboard.Page, ids []string) (*Page, error) {
	text, err := c.get(ctx, wire.PagePath(listed.ID), wire.MaxPage)
	if err != nil {
		return nil, err
	}
	bad := func(err error) error {
		return &BadAnswerError{c.host(), "the page " + listed.ID + ": " + err.Error()}
	}
	var sent wire.Page
	if err := decode(text, &sent); err != nil {
		return nil, bad(err)
	}
	sum := sha256.Sum256(text)
	p := &Page{client: c, Page: listed, frames: map[string]wire.Frame{}, Version: string(sum[:])}
	if err := p.read(sent, ids); err != nil {
		return nil, bad(err)
	}
	return p, nil
}

// read reads what a server sent of a page. The sources that it may name itself
// do not count: its frames are its only sources.
func (p *Page) read(sent wire.Page, ids []string) error {
	switch {
	case sent.ID != p.ID:
		return errors.New("it is another page")
	case len(sent.Frames) > maxFrames:
		return fmt.Errorf("it has %d frames", len(sent.Frames))
	}
	sources := map[string]any{}
	for _, f := range sent.Frames {
		if _, twice := sources[f.Name]; twice {
			return errors.New("two frames have one name")
		}
		if err := checkFrame(f); err != nil {
			return err
		}
		sources[f.Name] = map[string]any{"values": []int{}}
		p.frames[f.Name] = f
	}
	doc := map[string]any{"groups": []string{}, "sources": sources}
	if has(sent.Rows) {
		doc["rows"] = sent.Rows
	}
	if has(sent.Inputs) {
		doc["inputs"] = sent.Inputs
	}
	text, err := json.Marshal(doc)
	if err != nil {
		return errors.New("it is not JSON")
	}
	read, problems := dashboard.ReadServed(p.ID, text, append([]string{"home"}, ids...))
	for _, q := range problems {
		if !q.Warning {
			return errors.New(q.Text)
		}
	}
	p.Content = read.Content
	for i := range p.Content.Sources {
		p.describe(&p.Content.Sources[i])
	}
	if err := p.refusePaths(); err != nil {
		return err
	}
	unplace(p.Content)
	return nil
}

// unplace forgets where things stand in what was sent, which is no file of the
// reader's.
func unplace(c *dashboard.Content) {
	c.At = dashboard.Place{}
	for i := range c.Sources {
		c.Sources[i].At = dashboard.Place{}
	}
	for i := range c.Inputs {
		c.Inputs[i].At = dashboard.Place{}
	}
	for _, row := range c.Rows {
		for i := range row.Panels {
			row.Panels[i].At = dashboard.Place{}
		}
	}
}

// has reports whether a member holds something: a list that is not empty.
func has(raw json.RawMessage) bool {
	text := strings.TrimSpace(string(raw))
	return text != "" && text != "null" && text != "[]"
}

// describe makes a source what is known of its frame. Connection and query say
// to whoever opens it which inputs it depends on.
func (p *Page) describe(s *dashboard.Source) {
	f := p.frames[s.Name]
	s.Values, s.Connection = nil, "gate"
	for _, name := range f.Inputs {
		s.Query += " :" + name
	}
	if f.Refresh > 0 {
		s.Refresh = min(max(time.Duration(f.Refresh*float64(time.Second)), time.Second), maxRefresh)
	}
}

// refusePaths refuses a page that names files: a server sends what is drawn,
// and nothing here is read for it.
func (p *Page) refusePaths() error {
	for _, row := range p.Content.Rows {
		for _, panel := range row.Panels {
			path := ""
			switch s := panel.Spec.(type) {
			case *dashboard.Markdown:
				path = s.Path
			case *dashboard.VegaLite:
				path = s.Path
			case *dashboard.Pydeck:
				path = s.Path
			}
			if path != "" {
				return errors.New("a panel names a file, and no file is read for a server")
			}
		}
	}
	return nil
}

func checkFrame(f wire.Frame) error {
	switch {
	case f.Error == "" && len(f.Columns) == 0, len(f.Columns) > wire.MaxColumns:
		return errors.New("a frame has no columns, or too many")
	case len(f.Inputs) > maxInput:
		return errors.New("a frame depends on too many inputs")
	case f.Refresh < 0 || f.Refresh != f.Refresh:
		return errors.New("a frame is read again in a time that is none")
	}
	names := map[string]bool{}
	for _, c := range f.Columns {
		if _, ok := wire.TypeOf(c.Type); !ok || names[c.Name] || len(c.Name) > 4*maxText {
			return errors.New("a frame has a column of no name or type")
		}
		names[c.Name] = true
	}
	return nil
}

// originOf is where the figures of a frame came from, cleaned.
func (c *Client) originOf(f wire.Frame) frame.Origin {
	o := f.Origin
	kind := "live"
	for _, known := range []string{"live", "cache", "bundled", "file", "values"} {
		if o.Kind == known {
			kind = known
		}
	}
	if kind == "file" {
		kind = "live" // it is none of this machine
	}
	return frame.Origin{
		Kind: kind, URL: c.offer.Server, Name: orHost(cut(o.Name), c.host()), Credit: cut(o.Credit), Licence: cut(o.Licence), Unit: cut(o.Unit), Note: cut(o.Note), Fetched: o.Fetched,
	}
}

func orHost(name, host string) string {
	if name == "" {
		return host
	}
	return name + ", from " + host
}
