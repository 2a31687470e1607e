package main

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// A rule that asks for what is hidden or missing is left by a panic of one of these.
type hiddenRegion struct{}
type badRule struct{ why string }

// scope is where something is counted: the whole, or regions together.
type scope struct {
	isWhole bool
	regions []string
	members []string
}

type evaluation struct {
	*verifier
	rule     object
	counting string
	total    figures
	byRegion map[string]figures
}

var fraction = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?)(?:/([0-9]+))?( ?%)?$`)

func (v *verifier) checkRule(disclosure string) {
	defer func() {
		if caught, ok := recover().(badRule); ok {
			v.fail("rule.malformed", "%s", caught.why)
		}
	}()
	e := &evaluation{verifier: v, rule: v.manifest.in("rule"), counting: "ballots"}
	e.total, e.byRegion = signedFigures(v.outcome.in("tally").in("total")), v.signedRegions()
	if disclosure != "aggregate" && v.shownOnly {
		e.total, e.byRegion, _, _ = v.recount()
		for region := range v.signedRegions() {
			if e.byRegion[region] == nil {
				e.byRegion[region] = newFigures()
			}
		}
	}
	if counting, ok := e.rule["counting"].(string); ok {
		e.counting = counting
	}
	e.check()
}

func (e *evaluation) check() {
	requirements := listOf(e.rule["requirements"])
	signed := e.outcome["requirements"].([]any)
	if len(signed) != len(requirements) {
		e.fail("rule.requirement", "%d of %d", len(signed), len(requirements))
		return
	}
	verdict, missed, tied := "carried", 0, 0
	for index, each := range requirements {
		requirement := asObject(each)
		told := signed[index].(object)
		met, isKnown := e.isMet(requirement)
		if !isKnown {
			met = told["met"].(bool)
			fmt.Printf("requirement %v was not evaluated: it looks at a region that is not shown\n", requirement["id"])
		}
		if met != told["met"] || requirement["id"] != told["id"] || (isKnown && !e.isCompared(requirement, told)) {
			e.fail("rule.requirement", "%v", requirement["id"])
		}
		if met {
			continue
		}
		missed++
		if requirement["quorum"] == true {
			verdict = "no_quorum"
		}
		if e.isTied(requirement) {
			tied++
		}
	}
	if missed > 0 && verdict != "no_quorum" {
		verdict = "not_carried"
		if tied == missed && e.rule["on_tie"] != "not_carried" {
			verdict = "tie"
		}
	}
	if verdict != e.outcome["outcome"] || verdict != e.outcome["if_closed_now"] {
		e.fail("rule.outcome", "%s", verdict)
	}
}

func (e *evaluation) isMet(requirement object) (met, isKnown bool) {
	defer func() {
		if caught := recover(); caught != nil {
			if _, isHidden := caught.(hiddenRegion); !isHidden {
				panic(caught)
			}
		}
	}()
	whole := scope{isWhole: true, regions: e.regions, members: e.regions}
	met = e.test(requirement, whole)
	if other, ok := requirement["deemed_met_when"]; ok {
		met = e.test(other, whole) || met
	}
	return met, true
}

// isCompared tells whether a comparison that is a requirement has the figures that are told.
func (e *evaluation) isCompared(requirement, told object) bool {
	if requirement["count"] == nil {
		return true
	}
	in := scope{isWhole: true, regions: e.regions, members: e.regions}
	if within, ok := requirement["within"]; ok {
		in = e.within(within)
	}
	counted, base, threshold, _ := e.figuresOf(requirement, in)
	if told["actual"] != counted.RatString() || told["threshold"] != threshold.RatString() {
		return false
	}
	if base == nil {
		return told["base"] == nil
	}
	return told["base"] == base.RatString()
}

func (e *evaluation) test(spec any, in scope) bool {
	if stance, ok := spec.(string); ok {
		return e.stance(stance, in)
	}
	test := asObject(spec)
	if within, ok := test["within"]; ok {
		in = e.within(within)
	}
	switch {
	case test["count"] != nil:
		return e.compare(test, in)
	case test["all"] != nil:
		met := true
		for _, each := range listOf(test["all"]) {
			met = e.test(each, in) && met
		}
		return met
	case test["any"] != nil:
		met := false
		for _, each := range listOf(test["any"]) {
			met = e.test(each, in) || met
		}
		return met
	case test["not"] != nil:
		return !e.test(test["not"], in)
	case test["each"] != nil:
		met := true
		for _, unit := range e.units(test["each"], in) {
			met = e.test(test["meets"], e.unit(unit)) && met
		}
		return met
	case test["meets"] != nil:
		return e.test(test["meets"], in)
	}
	panic(badRule{"no test"})
}

func (e *evaluation) stance(stance string, in scope) bool {
	yes, no := e.kinds("yes", e.counting, in), e.kinds("no", e.counting, in)
	switch stance {
	case "for":
		return yes.Cmp(no) > 0
	case "against":
		return no.Cmp(yes) > 0
	case "not_for":
		return yes.Cmp(no) <= 0
	case "not_against":
		return no.Cmp(yes) <= 0
	case "voting":
		return e.kinds("cast", "ballots", in).Sign() > 0
	}
	panic(badRule{stance})
}

func (e *evaluation) compare(test object, in scope) bool {
	counted, base, threshold, bound := e.figuresOf(test, in)
	order := counted.Cmp(threshold)
	isShareOfNothing := base != nil && counted.Sign() <= 0
	switch bound {
	case "at_least":
		return order >= 0 && !isShareOfNothing
	case "more_than":
		return order > 0 && !isShareOfNothing
	case "at_most":
		return order <= 0
	default:
		return order < 0
	}
}

// figuresOf tells what a comparison counts, what it is a share of, if of anything, and its threshold.
func (e *evaluation) figuresOf(test object, in scope) (counted, base, threshold *big.Rat, bound string) {
	for _, bound := range []string{"at_least", "more_than", "at_most", "less_than"} {
		if test[bound] == nil {
			continue
		}
		threshold := figure(test[bound])
		if test["of"] != nil {
			base = e.measure(test["of"], in)
			threshold = new(big.Rat).Mul(threshold, base)
		}
		return e.measure(test["count"], in), base, round(threshold, test["rounded"]), bound
	}
	panic(badRule{"no bound"})
}

func (e *evaluation) measure(spec any, in scope) *big.Rat {
	measure, isObject := spec.(object)
	if !isObject {
		return e.kinds(spec, e.counting, in)
	}
	if within, ok := measure["within"]; ok {
		in = e.within(within)
	}
	for _, by := range []string{"ballots", "weight"} {
		if measure[by] == nil {
			continue
		}
		if measure["shares"] != nil {
			return e.shares(measure, by, in)
		}
		return e.less(measure, by, in)
	}
	units := measure["units"]
	if units == nil {
		units = measure["weigh"]
	}
	sum := new(big.Rat)
	for _, name := range e.units(units, in) {
		if measure["that"] == nil || e.test(measure["that"], e.unit(name)) {
			sum.Add(sum, e.weightOf(name, measure["weigh"]))
		}
	}
	return sum
}

func (e *evaluation) less(measure object, by string, in scope) *big.Rat {
	counted := e.kinds(measure[by], by, in)
	if measure["less"] == nil {
		return counted
	}
	return counted.Sub(counted, e.kinds(measure["less"], by, in))
}

func (e *evaluation) shares(measure object, by string, in scope) *big.Rat {
	units := measure["units"]
	if units == nil {
		units = measure["shares"]
	}
	sum, all, based := new(big.Rat), new(big.Rat), new(big.Rat)
	for _, name := range e.units(units, in) {
		share, unit := e.weightOf(name, measure["shares"]), e.unit(name)
		all.Add(all, share)
		base := e.kinds(measure["of_each"], by, unit)
		if base.Sign() == 0 {
			continue
		}
		based.Add(based, share)
		part := new(big.Rat).Quo(e.less(measure, by, unit), base)
		sum.Add(sum, part.Mul(part, share))
	}
	if measure["when_empty"] == "shared_out" && based.Sign() != 0 {
		sum.Mul(sum, all.Quo(all, based))
	}
	return sum
}

func (e *evaluation) weightOf(unit string, weigh any) *big.Rat {
	if weigh == nil {
		return big.NewRat(1, 1)
	}
	if weigh == "eligible" {
		return e.kinds("eligible", "ballots", e.unit(unit))
	}
	table := e.rule.in("tables").in(asText(weigh))
	for _, entry := range []string{unit, "otherwise"} {
		if table[entry] != nil {
			return figure(table[entry])
		}
	}
	panic(badRule{"no weight of " + unit})
}

// kinds adds up what was cast, or may be, in a scope.
func (e *evaluation) kinds(spec any, by string, in scope) *big.Rat {
	sum := new(big.Rat)
	list, isList := spec.([]any)
	if !isList {
		list = []any{spec}
	}
	for _, each := range list {
		switch kind := asText(each); kind {
		case "yes", "no", "abstain":
			sum.Add(sum, e.cast(kind, by, in))
		case "cast", "present":
			for _, choice := range choices {
				sum.Add(sum, e.cast(choice, by, in))
			}
		case "eligible":
			sum.Add(sum, e.eligible(by, in))
		case "blank", "invalid":
		default:
			panic(badRule{kind})
		}
	}
	return sum
}

func (e *evaluation) cast(choice, by string, in scope) *big.Rat {
	if in.isWhole {
		return e.total[choice].by(by)
	}
	sum := new(big.Rat)
	for _, region := range in.regions {
		figures, isShown := e.byRegion[region]
		if !isShown {
			panic(hiddenRegion{})
		}
		sum.Add(sum, figures[choice].by(by))
	}
	return sum
}

func (c count) by(by string) *big.Rat {
	if by == "weight" {
		return new(big.Rat).SetInt(c.weight)
	}
	return new(big.Rat).SetInt(c.ballots)
}

func (e *evaluation) eligible(by string, in scope) *big.Rat {
	electorate := e.outcome.in("electorate")
	if electorate == nil {
		panic(badRule{"no electorate"})
	}
	member := map[string]string{"ballots": "voters", "weight": "weight"}[by]
	if in.isWhole {
		return new(big.Rat).SetInt(integer(electorate[member]))
	}
	sum := new(big.Rat)
	for _, region := range in.regions {
		isFound := false
		for _, each := range electorate["regions"].([]any) {
			if each.(object)["region"] == region {
				isFound = true
				sum.Add(sum, new(big.Rat).SetInt(integer(each.(object)[member])))
			}
		}
		if !isFound {
			panic(badRule{"no electorate of " + region})
		}
	}
	return sum
}

// units names the units of a list, a group, a table or a scope, none of them hidden.
func (e *evaluation) units(spec any, in scope) []string {
	var names []string
	name, isName := spec.(string)
	table := e.rule.in("tables").in(name)
	switch {
	case !isName:
		names = texts(spec)
	case name == "regions":
		names = in.regions
	case name == "members":
		names = in.members
	case e.rule.in("groups")[name] != nil:
		names = texts(e.rule.in("groups")[name])
	case table != nil:
		for entry := range table {
			if entry != "otherwise" {
				names = append(names, entry)
			}
		}
	default:
		panic(badRule{"no units " + name})
	}
	for _, unit := range names {
		e.unit(unit)
	}
	return names
}

// unit is the scope of a name: a group with its members, or a region.
func (e *evaluation) unit(name string) scope {
	group, isGroup := e.rule.in("groups")[name]
	if !isGroup {
		if _, isShown := e.byRegion[name]; !isShown {
			panic(hiddenRegion{})
		}
		return scope{regions: []string{name}, members: []string{name}}
	}
	found := scope{members: texts(group)}
	for _, member := range found.members {
		found.regions = append(found.regions, e.unit(member).regions...)
	}
	return found
}

func (e *evaluation) within(spec any) scope {
	if name, isName := spec.(string); isName {
		return e.unit(name)
	}
	found := scope{members: texts(spec)}
	for _, name := range found.members {
		found.regions = append(found.regions, e.unit(name).regions...)
	}
	return found
}

// isTied tells whether one more yes would have met a requirement that equal votes have missed.
func (e *evaluation) isTied(requirement object) bool {
	counted, countedBy, isPlain := e.plain(requirement["count"])
	base, baseBy, isPlainBase := e.plain(requirement["of"])
	if !isPlain || !isPlainBase || requirement["more_than"] == nil || requirement["within"] != nil || countedBy != baseBy {
		return false
	}
	share := figure(requirement["more_than"])
	hasBoth := strings.Contains(base, " yes ") && strings.Contains(base, " no ") && share.Cmp(big.NewRat(1, 2)) == 0
	isAgainstNo := base == " no " && share.Cmp(big.NewRat(1, 1)) == 0
	if counted != " yes " || !(hasBoth || isAgainstNo) {
		return false
	}
	whole := scope{isWhole: true}
	yes, no := e.kinds("yes", countedBy, whole), e.kinds("no", countedBy, whole)
	threshold := new(big.Rat).Mul(share, e.measure(requirement["of"], whole))
	return yes.Sign() > 0 && yes.Cmp(no) == 0 && yes.Cmp(round(threshold, requirement["rounded"])) == 0
}

// plain tells the kinds of a measure that is nothing else, each between spaces, and what they are counted by.
func (e *evaluation) plain(spec any) (kinds, by string, isPlain bool) {
	by = e.counting
	if measure, isObject := spec.(object); isObject {
		for _, each := range []string{"ballots", "weight"} {
			if measure[each] != nil {
				spec, by = measure[each], each
			}
		}
		if measure["less"] != nil || measure["within"] != nil || measure["shares"] != nil {
			return "", by, false
		}
	}
	switch spec := spec.(type) {
	case string:
		return " " + spec + " ", by, true
	case []any:
		return " " + strings.Join(texts(spec), "  ") + " ", by, true
	}
	return "", by, false
}

// figure reads 3, "2/3", "12.5" or "60 %" as an exact fraction.
func figure(value any) *big.Rat {
	spelled, isText := value.(string)
	if plain, isNumber := value.(json.Number); isNumber {
		spelled, isText = string(plain), true
	}
	match := fraction.FindStringSubmatch(spelled)
	if !isText || match == nil {
		panic(badRule{fmt.Sprint("no figure ", value)})
	}
	read, _ := new(big.Rat).SetString(match[1])
	if match[2] != "" {
		below, _ := new(big.Rat).SetString(match[2])
		if below.Sign() == 0 {
			panic(badRule{spelled})
		}
		read.Quo(read, below)
	}
	if match[3] != "" {
		read.Mul(read, big.NewRat(1, 100))
	}
	return read
}

func round(amount *big.Rat, how any) *big.Rat {
	shift := map[any]*big.Rat{"down": new(big.Rat), "nearest": big.NewRat(1, 2)}[how]
	if how == nil {
		return amount
	}
	if how == "up" {
		down := round(new(big.Rat).Neg(amount), "down")
		return down.Neg(down)
	}
	moved := new(big.Rat).Add(amount, shift)
	// Euclid's division is the floor, since denominators are positive.
	return new(big.Rat).SetInt(new(big.Int).Div(moved.Num(), moved.Denom()))
}

func asObject(value any) object {
	if read, ok := value.(object); ok {
		return read
	}
	panic(badRule{"no object"})
}

func asText(value any) string {
	if read, ok := value.(string); ok {
		return read
	}
	panic(badRule{"no text"})
}

func listOf(value any) []any {
	if read, ok := value.([]any); ok {
		return read
	}
	panic(badRule{"no list"})
}

func texts(value any) []string {
	var read []string
	for _, each := range listOf(value) {
		read = append(read, asText(each))
	}
	return read
}
