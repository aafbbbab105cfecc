package frame

// Zones that are no offset from UTC in minutes.
const (
	NoZone   int16 = -32768 // the time has no zone
	UTC      int16 = -32767 // written "Z", "UTC" or "GMT"
	MinusUTC int16 = -32766 // written "-00:00"
)

// Vector is the cells of one column in a batch. Which of its fields are used
// follows from its type; cells that are null hold zeros there.
type Vector struct {
	Type Type
	// Null reports for each cell whether it has no value; nil = all have one.
	Null []bool
	// Ints are integers, booleans (0 and 1), dates (days since 1970-01-01),
	// datetimes (seconds since 1970-01-01T00:00, in UTC where they have a
	// zone) and times (seconds since midnight).
	Ints []int64
	// Floats are numbers.
	Floats []float64
	// Nanos are the nanoseconds of datetimes and times; nil = all 0.
	Nanos []int32
	// Zones are the zones of datetimes as written, in minutes east of UTC, UTC
	// or NoZone; nil = none has one.
	Zones []int16

	text  []byte
	ends  []int // where in text each text or JSON text ends
	start int   // where in text the first begins
	n     int
}

// Len is the count of cells.
func (v *Vector) Len() int { return v.n }

// IsNull reports whether cell i has no value.
func (v *Vector) IsNull(i int) bool { return v.Null != nil && v.Null[i] }

// Bytes is the text of cell i of a text or JSON column. It is not to be
// changed, and valid as long as its batch.
func (v *Vector) Bytes(i int) []byte {
	from := v.start
	if i > 0 {
		from = v.ends[i-1]
	}
	return v.text[from:v.ends[i]]
}

// Reset makes v an empty vector of a type and keeps its memory.
func (v *Vector) Reset(t Type) {
	*v = Vector{Type: t, Ints: v.Ints[:0], Floats: v.Floats[:0], text: v.text[:0], ends: v.ends[:0]}
}

// AppendNull appends a cell without a value.
func (v *Vector) AppendNull() {
	if v.Null == nil {
		v.Null = make([]bool, v.n, max(v.n+1, 64))
	}
	switch v.Type {
	case Text, JSON:
		v.ends = append(v.ends, len(v.text))
	case Number:
		v.Floats = append(v.Floats, 0)
	default:
		v.Ints = append(v.Ints, 0)
	}
	v.extend(true, 0, NoZone)
}

// extend appends to the parts of a vector that are made when they are needed.
func (v *Vector) extend(null bool, nanos int32, zone int16) {
	v.n++
	if v.Null != nil {
		v.Null = append(v.Null, null)
	}
	if v.Nanos != nil {
		v.Nanos = append(v.Nanos, nanos)
	}
	if v.Zones != nil {
		v.Zones = append(v.Zones, zone)
	}
}

// AppendInt appends to a column of integers or dates.
func (v *Vector) AppendInt(i int64) {
	v.Ints = append(v.Ints, i)
	v.extend(false, 0, NoZone)
}

// AppendBool appends to a column of booleans.
func (v *Vector) AppendBool(b bool) {
	var i int64
	if b {
		i = 1
	}
	v.AppendInt(i)
}

// AppendFloat appends to a column of numbers.
func (v *Vector) AppendFloat(f float64) {
	v.Floats = append(v.Floats, f)
	v.extend(false, 0, NoZone)
}

// AppendText appends to a column of text or JSON.
func (v *Vector) AppendText(text []byte) {
	v.text = append(v.text, text...)
	v.ends = append(v.ends, len(v.text))
	v.extend(false, 0, NoZone)
}

// AppendString is AppendText for a string.
func (v *Vector) AppendString(text string) {
	v.text = append(v.text, text...)
	v.ends = append(v.ends, len(v.text))
	v.extend(false, 0, NoZone)
}

// AppendMoment appends to a column of datetimes or times.
func (v *Vector) AppendMoment(seconds int64, nanos int32, zone int16) {
	if nanos != 0 && v.Nanos == nil {
		v.Nanos = make([]int32, v.n, max(v.n+1, 64))
	}
	if zone != NoZone && v.Zones == nil {
		v.Zones = make([]int16, v.n, max(v.n+1, 64))
		for i := range v.Zones {
			v.Zones[i] = NoZone
		}
	}
	v.Ints = append(v.Ints, seconds)
	v.extend(false, nanos, zone)
}

// AppendFrom appends cell i of another vector of the same type.
func (v *Vector) AppendFrom(o *Vector, i int) {
	if o.IsNull(i) {
		v.AppendNull()
		return
	}
	switch v.Type {
	case Text, JSON:
		v.AppendText(o.Bytes(i))
	case Number:
		v.AppendFloat(o.Floats[i])
	case Datetime, Time:
		s, n, z := o.Moment(i)
		v.AppendMoment(s, n, z)
	default:
		v.AppendInt(o.Ints[i])
	}
}

// Moment is cell i of a column of datetimes or times: see Ints, Nanos, Zones.
func (v *Vector) Moment(i int) (seconds int64, nanos int32, zone int16) {
	seconds, zone = v.Ints[i], NoZone
	if v.Nanos != nil {
		nanos = v.Nanos[i]
	}
	if v.Zones != nil {
		zone = v.Zones[i]
	}
	return seconds, nanos, zone
}

// Float is cell i as a number, for scales and sums: the value of an integer or
// a number, seconds since 1970 of a date or datetime, seconds since midnight
// of a time, 0 or 1 of a boolean. It reports false for null, text and JSON.
func (v *Vector) Float(i int) (float64, bool) {
	if v.IsNull(i) {
		return 0, false
	}
	switch v.Type {
	case Number:
		return v.Floats[i], true
	case Text, JSON:
		return 0, false
	case Date:
		return float64(v.Ints[i]) * 86400, true
	case Datetime, Time:
		s, n, _ := v.Moment(i)
		return float64(s) + float64(n)/1e9, true
	}
	return float64(v.Ints[i]), true
}
