package query_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

func TestCast(t *testing.T) {
	for _, c := range []struct {
		kind, cells, as, want string
		misfits               int
	}{
		{"text", "12 1,234 -5 1.5 x", "integer", "12 1234 -5 · ·", 2},
		{"text", "12 1.234 -5,5 1.5", "number:,", "12 1234 -5.5 ·", 1},
		{"text", "1'234.5 1_000 1,23 1,234,567.25 \u22123", "number", "1234.5 1000 · 1234567.25 -3", 1},
		{"text", "yes No T 0 maybe", "boolean", "true false true false ·", 1},
		{"text", "03/04/2024 31/12/99 2024-02-29 12/31/2024", "date:dmy", "2024-04-03 1999-12-31 2024-02-29 ·", 1},
		{"text", "03/04/2024 12/31/99 2024-02-29 31/12/2024", "date:mdy", "2024-03-04 1999-12-31 2024-02-29 ·", 1},
		{"text", "24-02-29 240229 20240229", "date:ymd", "2024-02-29 · 2024-02-29", 1},
		{"text", "03/04/2024 3.4.2024 5-Jan-24 2024-02 2023-02-29", "date", "· 2024-04-03 2024-01-05 2024-02-01 ·", 2},
		{"text", "OCT-5-2024 2024", "date", "2024-10-05 2024-01-01", 0},
		{"text", "2024-02-29T12:30:00Z 29/2/2024", "datetime:dmy", "2024-02-29T12:30:00Z 2024-02-29T00:00:00", 0},
		{"text", "2024-02-29T2:30PM 2024-02-29T12:00am", "datetime", "2024-02-29T14:30:00 2024-02-29T00:00:00", 0},
		{"text", "8:30 23:59:59.5 24:00 8", "time", "08:30:00 23:59:59.5 · ·", 2},
		{"number", "1 2.5 -3 1e300", "integer", "1 · -3 ·", 2},
		{"number", "1 0 2", "boolean", "true false ·", 1},
		{"integer", "1 9007199254740993", "text", "1 9007199254740993", 0},
		{"integer", "20240229 2024 7", "date", "2024-02-29 2024-01-01 ·", 1},
		{"boolean", "true false", "integer", "1 0", 0},
		{"date", "2024-02-29", "datetime", "2024-02-29T00:00:00", 0},
		{"date", "2024-02-29", "text", "2024-02-29", 0},
		{"datetime", "2024-02-29T23:30:00-05:00", "date", "2024-02-29", 0},
		{"datetime", "2024-02-29T23:30:00-05:00", "time", "23:30:00", 0},
		{"integer", "5", "integer", "5", 0},
	} {
		as, err := query.ParseAs(c.as)
		if err != nil || as.String() != c.as {
			t.Fatalf("%s is %v: %v", c.as, as, err)
		}
		f := table(t, "a:text|x:"+c.kind+"\n|\n|"+strings.ReplaceAll(c.cells, " ", "\n|"))
		got, m, err := query.Cast(context.Background(), f, 1, as, nil)
		if err != nil {
			t.Fatalf("%s as %s: %v", c.kind, c.as, err)
		}
		if cells := column(t, got, "x"); cells != "· "+c.want || m.Count != c.misfits {
			t.Errorf("%s as %s: %s, %d misfits, want %s, %d", c.cells, c.as, cells, m.Count, c.want, c.misfits)
		}
		if col := got.Columns()[1]; col.Type != as.Type || col.Nulls != 1+c.misfits || f.Columns()[1].Type == col.Type && c.kind != c.as {
			t.Errorf("%s as %s: the column is %+v", c.kind, c.as, col)
		}
		if column(t, got, "a") == "" {
			t.Error("the other column is gone")
		}
	}
}

func TestCast_SaysWhatDoesNotFit(t *testing.T) {
	f := table(t, "x:text\n1\ntwo\n3\nfour")
	got, m, err := query.Cast(context.Background(), f, 0, query.As{Type: frame.Integer}, nil)
	if err != nil || fmt.Sprint(m) != "{2 1 two}" {
		t.Errorf("%v, %v", m, err)
	}
	b, err := frame.Rows(context.Background(), got, []int{0, 0}, 0, 1)
	if err != nil || b.Columns[0].String(0)+b.Columns[1].String(0) != "11" {
		t.Errorf("a column twice is %v, %v", b, err)
	}
	if _, _, err := query.Cast(context.Background(), table(t, "x:boolean\ntrue"), 0, query.As{Type: frame.Date}, nil); err == nil || err.Error() != `"x" is a boolean: it cannot be read as a date` {
		t.Error(err)
	}
	for text, want := range map[string]string{
		"int":        `there is no type "int": there are text, integer, number, boolean, date, datetime, time`,
		"integr":     `there is no type "integr": did you mean integer?`,
		"date:abc":   `date has no option "abc": dates have dmy, mdy and ymd, numbers "," and "."`,
		"text:dmy":   `text has no option "dmy": dates have dmy, mdy and ymd, numbers "," and "."`,
		"number:dmy": `number has no option "dmy": dates have dmy, mdy and ymd, numbers "," and "."`,
	} {
		if _, err := query.ParseAs(text); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
