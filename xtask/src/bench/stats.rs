//! Medians and spreads.

/// Values of a few rounds.
pub(crate) struct Sample(Vec<f64>);

impl FromIterator<f64> for Sample {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }
}

impl Sample {
    /// Not a number when there are no values.
    pub(crate) fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The middle half: a quarter of the values lies below, a quarter above.
    pub(crate) fn middle_half(&self) -> (f64, f64) {
        (self.quantile(0.25), self.quantile(0.75))
    }

    /// The value that this share of all values does not exceed.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        let Some(last) = self.0.len().checked_sub(1) else { return f64::NAN };
        let position = share * last as f64;
        let (below, above) = (self.0[position.floor() as usize], self.0[position.ceil() as usize]);
        below + (above - below) * position.fract()
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn quantiles_lie_between_neighbours() {
        let sample: Sample = [4.0, 1.0, 3.0, 2.0].into_iter().collect();
        assert_eq!((sample.median(), sample.middle_half()), (2.5, (1.75, 3.25)));
    }

    #[test]
    fn one_value_is_its_own_spread() {
        let sample: Sample = [7.0].into_iter().collect();
        assert_eq!((sample.median(), sample.middle_half()), (7.0, (7.0, 7.0)));
    }
}
