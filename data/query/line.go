package query

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A where line is a where in one row, as people type it and chips show it:
//
//	line      = bare | condition { "and" condition }
//	condition = column ( "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~" ) value
//	          | column [ "not" ] "in" value { "," value }
//	          | column [ "=" ] value ".." value
//	          | column ( "empty" | "filled" )
//	bare      = [ sign ] value
//
// ~ is contains, in any case. A bare value is ~ in the column of the cursor, and
// one behind a sign compares with that column: > 30.
// A range may lack one of its ends, but behind "=". A column is written in full,
// in any case, or, before a sign, as the beginning of just one name. Values and
// names go on to the next sign that ends them, spaces among them; those that
// hold such signs stand in "…", with the escapes of Go. "and" joins conditions
// only where a condition follows: country = Trinidad and Tobago has one.

// String is w as a where line, from which [Parse] makes the same w, if it knows
// its columns and no condition names an input (which is written as $name) or
// lacks an end or all values.
func (w Where) String() string {
	parts := make([]string, len(w))
	for i, c := range w {
		parts[i] = c.String()
	}
	return strings.Join(parts, " and ")
}

// signOf are the signs of operators that take one value.
var signOf = map[Op]string{Eq: "=", Ne: "!=", Lt: "<", Le: "<=", Gt: ">", Ge: ">=", Contains: "~", NotContains: "!~"}

// String is c as a condition of a where line.
func (c Condition) String() string {
	name := quoteName(c.Field)
	values := make([]string, len(c.Values))
	for i, v := range c.Values {
		values[i] = quoteValue(v)
	}
	if c.Input != "" {
		values = []string{"$" + c.Input}
	}
	list := strings.Join(values, ", ")
	switch c.Op {
	case IsNull:
		return name + " empty"
	case IsFilled:
		return name + " filled"
	case In:
		return name + " in " + list
	case NotIn:
		return name + " not in " + list
	case Between:
		if len(c.Values) == 2 {
			return c.rangeString(name, values)
		}
		return name + " = " + list
	}
	if sign, ok := signOf[c.Op]; ok {
		return name + " " + sign + " " + list
	}
	return fmt.Sprintf("%s %s %s", name, c.Op, list)
}

// rangeString writes a range, of which an end may be open.
func (c Condition) rangeString(name string, values []string) string {
	switch {
	case c.Input != "":
		return name + " = " + values[0]
	case c.Values[0] == "" && c.Values[1] == "":
		return name + " filled"
	case c.Values[0] == "":
		return name + " <= " + values[1]
	case c.Values[1] == "":
		return name + " >= " + values[0]
	}
	return name + " = " + values[0] + ".." + values[1]
}

// words mean something in a line where a name or value may stand.
var words = map[string]bool{"and": true, "in": true, "not": true, "empty": true, "filled": true}

// signs end a name, or begin an operator.
const lineSigns = "=<>~!"

// quoteName writes the name of a column, in quotes unless it is one plain word.
func quoteName(name string) string {
	plain := name != "" && !words[strings.ToLower(name)] && !strings.Contains(name, "..") && utf8.ValidString(name)
	for _, r := range name {
		plain = plain && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("_-./%#@$€°:+*", r))
	}
	if plain {
		return name
	}
	return strconv.Quote(name)
}

// quoteValue writes a value, in quotes if it would be read as something else.
func quoteValue(value string) string {
	plain := value != "" && strings.TrimSpace(value) == value && utf8.ValidString(value) &&
		!strings.ContainsAny(value, lineSigns+`",`) && !strings.Contains(value, "..")
	for _, r := range value {
		plain = plain && unicode.IsPrint(r)
	}
	for _, word := range strings.Fields(value) {
		plain = plain && !strings.EqualFold(word, "and")
	}
	if plain && value[0] != '.' && value[len(value)-1] != '.' { // beside the points of a range
		return value
	}
	return strconv.Quote(value)
}

// unquote reads text in quotes at a place and returns what follows. Escapes are
// those of Go; an unknown one is as it stands.
func unquote(text string, at int) (value string, end int, ok bool) {
	var b strings.Builder
	for i := at + 1; i < len(text); {
		switch c := text[i]; c {
		case '"':
			return b.String(), i + 1, true
		case '\\':
			if i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\') {
				b.WriteByte(text[i+1])
				i += 2
				continue
			}
			r, multi, tail, err := strconv.UnquoteChar(text[i:], '"')
			if err != nil {
				b.WriteByte(c)
				i++
				continue
			}
			if multi {
				b.WriteRune(r)
			} else {
				b.WriteByte(byte(r))
			}
			i = len(text) - len(tail)
		default:
			b.WriteByte(c)
			i++
		}
	}
	return "", len(text), false
}
