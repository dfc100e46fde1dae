"""Quick counts (parallel vote tabulation): what a probability sample of stations says about a result, and how surely,
while part of the sample is still out.

    sample = DrawnSample.of(stations, strata=…, populations=…, kinds=…)
    returns = Returns.of(sample, contestants=…, votes=…, base=…, arrived=…)
    count = estimate(returns.until(moment), adjustment=Adjustment.CELLS)

Pure numpy; vote shares are combined ratios of totals over strata (Cochran 1977, 6.11), see
docs/rooms/quick-count.md.
"""
