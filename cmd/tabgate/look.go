package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/panels"
)

// look is what is looked at of a file: which rows and columns, in which order.
type look struct {
	where, sort, columns string
	values, figure, by   string
	types                []string // COLUMN=TYPE
}

// lookFlags are the names of its flags.
var lookFlags = []string{"where", "sort", "columns", "values", "figure", "by", "type"}

// bind adds its flags.
func (l *look) bind(f *pflag.FlagSet) {
	f.StringVar(&l.where, "where", "", "`CONDITIONS` of the rows to keep, such as \"amount > 100 and region = North\"")
	f.StringVar(&l.sort, "sort", "", "`COLUMNS` to sort by, with commas between; -amount is descending")
	f.StringVar(&l.columns, "columns", "", "`COLUMNS` to show, with commas between")
	f.StringVar(&l.values, "values", "", "`COLUMN` whose values are counted")
	f.StringVar(&l.figure, "figure", "", "with --values: `FIGURE` in the place of the count of rows, such as sum:amount")
	f.StringArrayVar(&l.types, "type", nil, "`COLUMN=TYPE` that a column is read as, such as day=date:dmy or price=number:,; may be given again")
	f.StringVar(&l.by, "by", "", "with --values: `COLUMN` whose values stand across")
}

// given is the first of the flags that was given, "" for none.
func (l *look) given(f *pflag.FlagSet) string {
	if i := slices.IndexFunc(lookFlags, f.Changed); i >= 0 {
		return lookFlags[i]
	}
	return ""
}

// at is what the look shows of a frame.
func (l *look) at(ctx context.Context, f frame.Frame) (frame.Frame, error) {
	f, err := l.cast(ctx, f)
	if err != nil {
		return nil, err
	}
	where, err := l.condition(f.Columns())
	if err != nil {
		return nil, err
	}
	if f, err = query.Keep(ctx, f, where, nil); err != nil {
		return nil, err
	}
	if l.values != "" {
		if f, err = l.counts(ctx, f); err != nil {
			return nil, err
		}
	} else if l.figure != "" || l.by != "" {
		return nil, usage("--figure and --by say what stands beside values: name their column with --values")
	}
	keys, err := sortKeys(l.sort, f)
	if err != nil {
		return nil, err
	}
	shown, err := columnsOf(l.columns, f)
	if err != nil {
		return nil, err
	}
	if len(keys) > 0 {
		order, err := frame.Sort(ctx, f, keys, nil)
		if err != nil {
			return nil, err
		}
		f = query.View(f, order)
	}
	if shown != nil {
		f = query.Pick(f, shown)
	}
	return f, nil
}

// cast reads columns as the types that were asked for. A cell that is none of
// its type is an error: nothing is left out in silence.
func (l *look) cast(ctx context.Context, f frame.Frame) (frame.Frame, error) {
	for _, text := range l.types {
		name, kind, ok := strings.Cut(text, "=")
		if !ok {
			return nil, usage("--type is COLUMN=TYPE, such as day=date:dmy, not %q", text)
		}
		at := frame.Find(f, name)
		if at < 0 {
			return nil, noColumn("type", name, f)
		}
		as, err := query.ParseAs(kind)
		if err != nil {
			return nil, usage("--type %s: %v", session.Clean(text, 100), err)
		}
		cast, bad, err := query.Cast(ctx, f, at, as, nil)
		if err != nil {
			return nil, usage("--type: %v", err)
		}
		if bad.Count > 0 {
			return nil, usage("--type %s: %s no %s, the first in row %d: %q", session.Clean(text, 100), counted(bad.Count, "cell is", "cells are"), as.Type, bad.Row+1, session.Clean(bad.Cell, 60))
		}
		f = cast
	}
	return f, nil
}

// columnTypes are the types that columns are read as.
func (l *look) columnTypes() (out []panels.ColumnType) {
	for _, text := range l.types {
		name, kind, _ := strings.Cut(text, "=")
		out = append(out, panels.ColumnType{Column: name, Type: kind})
	}
	return out
}

// condition is --where for a file with these columns.
func (l *look) condition(columns []frame.Column) (query.Where, error) {
	where, err := query.Parse(l.where, columns, -1)
	if err != nil {
		return nil, usage("--where: %v", err)
	}
	if errs := query.Check(where, columns); len(errs) > 0 {
		return nil, usage("--where: %v", errs[0])
	}
	return where, nil
}

// counts are the values of a column, and how often each comes.
func (l *look) counts(ctx context.Context, f frame.Frame) (frame.Frame, error) {
	r := query.Request{Column: l.values, Across: l.by}
	for flag, name := range map[string]string{"values": l.values, "by": l.by} {
		if name != "" && frame.Find(f, name) < 0 {
			return nil, noColumn(flag, name, f)
		}
	}
	if l.figure != "" {
		fn, of, ok := strings.Cut(l.figure, ":")
		if !ok || !slices.Contains(query.Fns(), query.Fn(fn)) {
			return nil, usage("--figure is a figure and a column, such as sum:amount, not %q; the figures are %s", l.figure, joined(query.Fns()))
		}
		if frame.Find(f, of) < 0 {
			return nil, noColumn("figure", of, f)
		}
		r.Fn, r.Of = query.Fn(fn), of
	}
	return query.Values(ctx, f, r, nil)
}

// joined lists names with commas between.
func joined[T ~string](names []T) string {
	var out []string
	for _, n := range names {
		out = append(out, string(n))
	}
	return strings.Join(out, ", ")
}

// sortKeys are columns in words, of which those behind - are descending.
func sortKeys(text string, f frame.Frame) (keys []frame.Key, err error) {
	for _, name := range splitList(text) {
		at := frame.Find(f, name)
		rest, descending := strings.CutPrefix(name, "-")
		if at < 0 && descending {
			at = frame.Find(f, rest)
		}
		if at < 0 {
			return nil, noColumn("sort", rest, f)
		}
		keys = append(keys, frame.Key{Column: at, Descending: descending && f.Columns()[at].Name == rest})
	}
	return keys, nil
}

// columnsOf are the places of columns, nil for all.
func columnsOf(text string, f frame.Frame) (places []int, err error) {
	for _, name := range splitList(text) {
		at := frame.Find(f, name)
		if at < 0 {
			return nil, noColumn("columns", name, f)
		}
		places = append(places, at)
	}
	return places, nil
}

// splitList gives the words of a list with commas between.
func splitList(text string) (words []string) {
	for word := range strings.SplitSeq(text, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// noColumn says that a file has no column of a name, and which it has.
func noColumn(flag, name string, f frame.Frame) error {
	var names []string
	for _, c := range f.Columns() {
		names = append(names, c.Name)
	}
	text := "there is no column " + session.Clean(name, 60) + ": "
	if near := dashboard.Near(name, names); near != "" {
		text += "did you mean " + session.Clean(near, 60) + "?"
	} else {
		text += "there are " + groupList(names)
	}
	return usage("--%s: %s", flag, text)
}
