package main

import (
	"encoding/json"
	"math/big"
)

// count is how many ballots there are, and their weight.
type count struct{ ballots, weight *big.Int }

// figures are the counts of each choice.
type figures map[string]count

func newFigures() figures {
	made := figures{}
	for _, choice := range choices {
		made[choice] = count{new(big.Int), new(big.Int)}
	}
	return made
}

func (f figures) add(choice string, ballots, weight *big.Int) {
	f[choice].ballots.Add(f[choice].ballots, ballots)
	f[choice].weight.Add(f[choice].weight, weight)
}

func (f figures) equal(other figures) bool {
	for _, choice := range choices {
		if f[choice].ballots.Cmp(other[choice].ballots) != 0 || f[choice].weight.Cmp(other[choice].weight) != 0 {
			return false
		}
	}
	return true
}

func integer(value any) *big.Int {
	spelled, isText := value.(string)
	if !isText {
		spelled = string(value.(json.Number))
	}
	read, _ := new(big.Int).SetString(spelled, 10)
	return read
}

func signedFigures(tally object) figures {
	read := figures{}
	for _, choice := range choices {
		inner := tally.in(choice)
		read[choice] = count{integer(inner["ballots"]), integer(inner["weight"])}
	}
	return read
}

func (v *verifier) signedRegions() map[string]figures {
	read := map[string]figures{}
	for _, each := range v.outcome.in("tally")["regions"].([]any) {
		read[each.(object)["region"].(string)] = signedFigures(each.(object))
	}
	return read
}

// recount counts the rows that show themselves, whole and by region, and how many of each choice don't.
func (v *verifier) recount() (total figures, regions map[string]figures, hidden figures, hiddenRows int) {
	total, regions, hidden = newFigures(), map[string]figures{}, newFigures()
	one := big.NewInt(1)
	for _, each := range v.rows["counted"] {
		if each.choice == "" {
			continue
		}
		if each.weight == nil {
			hiddenRows++
			hidden.add(each.choice, one, one)
			total.add(each.choice, one, new(big.Int))
			continue
		}
		total.add(each.choice, one, each.weight)
		if regions[each.region] == nil {
			regions[each.region] = newFigures()
		}
		regions[each.region].add(each.choice, one, each.weight)
	}
	return
}

func (v *verifier) checkTallies(disclosure string) {
	tally := v.outcome.in("tally")
	v.checkSums(tally)
	if disclosure == "aggregate" {
		if tally.in("total")["ballots"] != number(len(v.rows["counted"])) {
			v.fail("tally.total", "%d rows", len(v.rows["counted"]))
		}
		return
	}
	total, regions, hidden, hiddenRows := v.recount()
	v.shownOnly = hiddenRows == 0
	signed := signedFigures(tally.in("total"))
	for _, choice := range choices {
		least := new(big.Int).Add(total[choice].weight, hidden[choice].weight)
		isWeight := least.Cmp(signed[choice].weight) <= 0
		if v.shownOnly {
			isWeight = least.Cmp(signed[choice].weight) == 0
		}
		if total[choice].ballots.Cmp(signed[choice].ballots) != 0 || !isWeight {
			v.fail("tally.total", "%s: %v ballots of weight %v", choice, total[choice].ballots, total[choice].weight)
		}
	}
	signedRegions := v.signedRegions()
	for region, figures := range signedRegions {
		found, hasRows := regions[region]
		if !hasRows && hiddenRows > 0 {
			continue
		}
		if !hasRows {
			found = newFigures()
		}
		if !found.equal(figures) {
			v.fail("tally.region", "%q", region)
		}
	}
	for region := range regions {
		if _, isSigned := signedRegions[region]; !isSigned && len(v.regions) > 0 {
			v.fail("tally.region", "%q has rows and no figures", region)
		}
	}
}

// checkSums holds each tally to its own sum, and the regions to the whole.
func (v *verifier) checkSums(tally object) {
	regions := tally["regions"].([]any)
	byRegion := newFigures()
	for _, each := range append([]any{tally.in("total")}, regions...) {
		sum := count{new(big.Int), new(big.Int)}
		for _, one := range signedFigures(each.(object)) {
			sum.ballots.Add(sum.ballots, one.ballots)
			sum.weight.Add(sum.weight, one.weight)
		}
		if sum.ballots.Cmp(integer(each.(object)["ballots"])) != 0 || sum.weight.Cmp(integer(each.(object)["weight"])) != 0 {
			v.fail("tally.sum", "%v", each.(object)["region"])
		}
	}
	if len(v.regions) == 0 {
		return
	}
	for _, figures := range v.signedRegions() {
		for choice, one := range figures {
			byRegion.add(choice, one.ballots, one.weight)
		}
	}
	total := signedFigures(tally.in("total"))
	areAllShown := len(v.signedRegions()) == len(v.regions)
	for _, choice := range choices {
		isMore := byRegion[choice].ballots.Cmp(total[choice].ballots) > 0 || byRegion[choice].weight.Cmp(total[choice].weight) > 0
		if isMore || (areAllShown && !byRegion.equal(total)) {
			v.fail("tally.sum", "regions of %s", choice)
			return
		}
	}
}
