package source

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vegaframe"
)

// selfName is what the rows that are transformed are called. No source of a
// page has such a name.
const selfName = "\x00rows"

// transform applies Vega-Lite's transforms to a frame. named gives the frames
// of other sources. Columns that stay as they are keep their types and values:
// they are read from the frame. Times without a zone are those of UTC.
func transform(ctx context.Context, f frame.Frame, list []byte, named func(string) (frame.Frame, error)) (frame.Frame, []string, error) {
	list, err := foldPatterns(list, f.Columns())
	if err != nil {
		return nil, nil, err
	}
	var failed error // of reading, which is not about the list
	m, err := vega.Transform(list, selfName, vega.Options{Zone: time.UTC, Columns: func(name string, use *vega.Use) ([]vega.Column, int, error) {
		from := f
		if name != selfName {
			var err error
			if from, err = named(name); err != nil {
				return nil, 0, err
			}
		}
		columns, rows, err := vegaframe.Columns(ctx, from, use, time.UTC)
		failed = errors.Join(failed, err)
		return columns, rows, err
	}})
	switch {
	case failed != nil:
		return nil, nil, failed
	case err != nil:
		return nil, nil, err
	}
	return framed(f, m)
}

// framed is what transforms made as a frame: the rows of f that are left, and
// columns that were made.
func framed(f frame.Frame, m *vega.Made) (frame.Frame, []string, error) {
	var notes []string
	var columns []frame.Column
	var vectors []frame.Vector
	for _, c := range m.Columns {
		if m.Kept[c.Name] && frame.Find(f, c.Name) >= 0 {
			continue
		}
		v, note := vectorOf(c)
		if note != "" {
			notes = append(notes, note)
		}
		columns, vectors = append(columns, frame.Column{Name: c.Name}), append(vectors, v)
	}
	added := frame.New(f.Origin(), columns, vectors)
	if m.From == nil {
		if len(columns) == 0 {
			return nil, nil, errors.New("the transforms leave no column: keep one")
		}
		return added, notes, nil
	}
	base := f
	if !inOrder(m.From, f.Len()) {
		base = query.View(f, m.From)
	}
	return newExtended(base, added), notes, nil
}

// inOrder reports whether rows are all of a frame as they stand.
func inOrder(rows []uint32, n int) bool {
	if len(rows) != n {
		return false
	}
	for i, row := range rows {
		if int(row) != i {
			return false
		}
	}
	return true
}

// foldPatterns replaces the patterns in fold, such as "19*", by the names of
// the columns that they stand for.
func foldPatterns(list []byte, columns []frame.Column) ([]byte, error) {
	var steps []map[string]json.RawMessage
	if err := json.Unmarshal(list, &steps); err != nil {
		return nil, errors.New("transform is a list of objects")
	}
	changed := false
	for i, s := range steps {
		var fold []string
		if json.Unmarshal(s["fold"], &fold) != nil || !slices.ContainsFunc(fold, isPattern) {
			continue
		}
		var names []string
		for _, f := range fold {
			names = append(names, matching(f, columns)...)
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("transform[%d].fold: no column is named as %q says", i, strings.Join(fold, `", "`))
		}
		text, err := json.Marshal(names)
		if err != nil {
			return nil, err
		}
		s["fold"], changed = text, true
	}
	if !changed {
		return list, nil
	}
	return json.Marshal(steps)
}

func isPattern(field string) bool { return strings.Contains(field, "*") }

// matching are the columns of a pattern, as fields of a specification; a field
// that is no pattern is itself.
func matching(field string, columns []frame.Column) (names []string) {
	if !isPattern(field) {
		return []string{field}
	}
	for _, c := range columns {
		if ok, err := path.Match(field, strings.ReplaceAll(c.Name, "/", "_")); ok && err == nil {
			names = append(names, escapeField.Replace(c.Name))
		}
	}
	return names
}

var escapeField = strings.NewReplacer(`\`, `\\`, ".", `\.`, "[", `\[`, "]", `\]`)

// namedIn are the sources that a list of transforms names.
func namedIn(list []byte) []string {
	var steps []struct {
		From struct {
			Data struct {
				Name string `json:"name"`
			} `json:"data"`
		} `json:"from"`
	}
	if json.Unmarshal(list, &steps) != nil {
		return nil
	}
	var names []string
	for _, s := range steps {
		if name := s.From.Data.Name; name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// rowByRow reports whether transforms look at each row alone, so that rows that
// are added behind others are added behind what is made of them.
func rowByRow(list []byte) bool {
	var steps []map[string]json.RawMessage
	if json.Unmarshal(list, &steps) != nil {
		return false
	}
	for _, s := range steps {
		if s["filter"] == nil && s["calculate"] == nil {
			return false
		}
	}
	return true
}
