package wire

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/authtabs/tabgate/data/frame"
)

// TypeOf is the type of a name that Column.Type holds. It reports whether there
// is one.
func TypeOf(name string) (frame.Type, bool) {
	for t := frame.Text; t <= frame.JSON; t++ {
		if t.String() == name {
			return t, true
		}
	}
	return 0, false
}

// ReadCSV reads rows as WriteCSV wrote them, of exactly these columns. Whatever
// is not as that writes it is an error: nothing is guessed. It reads up to
// MaxFrame bytes, MaxRows rows and MaxCells cells.
func ReadCSV(ctx context.Context, in io.Reader, columns []Column, origin frame.Origin) (*frame.Memory, error) {
	d := &decoder{in: bufio.NewReaderSize(in, 64<<10), ctx: ctx}
	cols := make([]frame.Column, len(columns))
	vectors := make([]frame.Vector, len(columns))
	for i, c := range columns {
		t, ok := TypeOf(c.Type)
		if !ok {
			return nil, fmt.Errorf("column %d has no type that is known", i+1)
		}
		cols[i] = frame.Column{Name: c.Name, Type: t, Unit: c.Unit}
		vectors[i].Reset(t)
	}
	if len(cols) == 0 || len(cols) > MaxColumns {
		return nil, errors.New("a frame has no columns, or too many")
	}
	if err := d.heading(cols); err != nil {
		return nil, err
	}
	for rows := 0; ; rows++ {
		if more, err := d.more(); err != nil {
			return nil, err
		} else if !more {
			return frame.New(origin, cols, vectors), nil
		}
		if rows >= MaxRows || rows*len(cols) >= MaxCells {
			return nil, errors.New("there are more rows than are taken")
		}
		for k := range vectors {
			quoted, err := d.cell(k == len(vectors)-1)
			if err == nil {
				err = put(&vectors[k], d.text, quoted)
			}
			if err != nil {
				return nil, fmt.Errorf("row %d, column %d: %w", rows+1, k+1, err)
			}
		}
	}
}

// decoder reads cells.
type decoder struct {
	in   *bufio.Reader
	ctx  context.Context
	read int64
	text []byte // of the last cell
}

var errForm = errors.New("this is no csv as a gate writes it")

func (d *decoder) heading(cols []frame.Column) error {
	for k, c := range cols {
		if _, err := d.cell(k == len(cols)-1); err != nil {
			return fmt.Errorf("heading: %w", err)
		}
		if string(d.text) != c.Name {
			return errors.New("the heading names other columns than the page")
		}
	}
	return nil
}

// more reports whether there is another row.
func (d *decoder) more() (bool, error) {
	_, err := d.in.Peek(1)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	return err == nil, err
}

func (d *decoder) next() (byte, error) {
	c, err := d.in.ReadByte()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return 0, err
	}
	d.read++
	if d.read > MaxFrame {
		return 0, errors.New("there are more bytes than are taken")
	}
	if d.read&(1<<16-1) == 0 {
		return c, d.ctx.Err()
	}
	return c, nil
}

// cell reads a cell into d.text, and reports whether it was in quotation marks.
func (d *decoder) cell(last bool) (quoted bool, err error) {
	d.text = d.text[:0]
	c, err := d.next()
	if err == nil && c == '"' {
		if err = d.quoted(); err == nil {
			c, err = d.next()
		}
		quoted = true
	} else {
		for err == nil && c != ',' && c != '\n' {
			if c == '"' || c == '\r' {
				return false, errForm
			}
			d.text = append(d.text, c)
			c, err = d.next()
		}
	}
	if err == nil && (c != '\n') == last || err == nil && c != ',' && c != '\n' {
		err = errForm
	}
	return quoted, err
}

// quoted reads up to the closing quotation mark.
func (d *decoder) quoted() error {
	for {
		c, err := d.next()
		if err != nil {
			return err
		}
		if c == '"' {
			after, err := d.in.Peek(1)
			if err != nil || after[0] != '"' {
				return nil // what is wrong is found by who reads on
			}
			if _, err := d.next(); err != nil {
				return err
			}
		}
		d.text = append(d.text, c)
	}
}

// put appends a cell to a column.
func put(v *frame.Vector, text []byte, quoted bool) error {
	if len(text) == 0 && !quoted {
		v.AppendNull()
		return nil
	}
	switch v.Type {
	case frame.Text, frame.JSON:
		v.AppendText(bytes.ToValidUTF8(text, []byte("\uFFFD")))
		return nil
	case frame.Integer:
		n, err := strconv.ParseInt(string(text), 10, 64)
		if err != nil {
			return errCell
		}
		v.AppendInt(n)
		return nil
	case frame.Number:
		f, err := parseNumber(string(text))
		if err != nil {
			return errCell
		}
		v.AppendFloat(f)
		return nil
	case frame.Boolean:
		if string(text) != "true" && string(text) != "false" {
			return errCell
		}
		v.AppendBool(text[0] == 't')
		return nil
	}
	return putTime(v, text)
}

var errCell = errors.New("this is no value of the column's type")

func parseNumber(s string) (float64, error) {
	switch s {
	case "Infinity":
		return math.Inf(1), nil
	case "-Infinity":
		return math.Inf(-1), nil
	case "NaN":
		return math.NaN(), nil
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' {
			return 0, errCell
		}
	}
	return strconv.ParseFloat(s, 64)
}

func putTime(v *frame.Vector, text []byte) error {
	if v.Type == frame.Time {
		text = append([]byte("1970-01-01T"), text...)
	}
	clock := ""
	date := string(text)
	if i := bytes.IndexByte(text, 'T'); i >= 0 {
		date, clock = string(text[:i]), string(text[i:])
	}
	days, ok := parseDate(date)
	if !ok || (clock == "") != (v.Type == frame.Date) {
		return errCell
	}
	if v.Type == frame.Date {
		v.AppendInt(days)
		return nil
	}
	_, _, seconds, nanos, zone, ok := frame.ParseISO([]byte("1970-01-01" + clock))
	if !ok {
		return errCell
	}
	v.AppendMoment(days*86400+seconds, nanos, zone)
	return nil
}

// parseDate reads a date of any year.
func parseDate(s string) (days int64, ok bool) {
	if t, days, _, _, _, ok := frame.ParseISO([]byte(s)); ok && t == frame.Date {
		return days, true
	}
	if len(s) < 8 || len(s) > 16 || s[len(s)-3] != '-' || s[len(s)-6] != '-' {
		return 0, false
	}
	y, err1 := strconv.Atoi(s[:len(s)-6])
	m, err2 := strconv.Atoi(s[len(s)-5 : len(s)-3])
	d, err3 := strconv.Atoi(s[len(s)-2:])
	if err1 != nil || err2 != nil || err3 != nil || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	return frame.Days(y, m, d), true
}
