/// Where moon and sun stand, as exactly as a calendar of days needs it, after Jean Meeus, *Astronomical Algorithms* (2nd ed.), chapters 25 and 49.
///
/// The only `Double` that decides anything: instants of new moons are good to about half a minute between 1960 and 2100, and no new moon that
/// decides a holiday of those years falls within seven minutes of midnight in Viet Nam. Sines are made from the four operations alone, which
/// IEEE 754 fixes to the last bit, so that every machine finds the same days.
enum Astronomy {
    /// The instant of the `index`-th new moon after that of 6 January 2000, as a Julian date of universal time.
    static func newMoon(_ index: Int) -> Double {
        let k = Double(index)
        let t = k / 1236.85
        let mean = 2_451_550.09766 + 29.530588861 * k + t * t * (0.00015437 + t * (-0.000000150 + t * 0.00000000073))
        let ephemerisTime = mean + periodicTerms(k, t) + planetaryTerms(k, t)
        return ephemerisTime - clockLag(year: 2000 + k / 12.3685) / 86_400
    }

    /// The sun's apparent longitude in degrees, 0 to 360, at a Julian date of universal time; good to a hundredth of a degree.
    static func sunLongitude(at date: Double) -> Double {
        let t = (date + clockLag(year: 2000 + (date - 2_451_545) / 365.25) / 86_400 - 2_451_545) / 36_525
        let mean = 280.46646 + t * (36_000.76983 + t * 0.0003032)
        let anomaly = 357.52911 + t * (35_999.05029 - t * 0.0001537)
        let centre =
            (1.914602 - t * (0.004817 + t * 0.000014)) * sine(anomaly) + (0.019993 - t * 0.000101) * sine(2 * anomaly) + 0.000289 * sine(3 * anomaly)
        return turned(mean + centre - 0.00569 - 0.00478 * sine(125.04 - 1934.136 * t))
    }

    /// An angle in degrees as one of 0 up to 360.
    private static func turned(_ degrees: Double) -> Double { degrees - 360 * (degrees / 360).rounded(.down) }

    /// The sine of an angle in degrees, to eleven digits: folded into the first quarter turn, then Taylor's series.
    static func sine(_ degrees: Double) -> Double {
        let angle = turned(degrees)
        let half = angle >= 180 ? angle - 180 : angle
        let x = (half > 90 ? 180 - half : half) * (Double.pi / 180)
        var term = x
        var sum = x
        for n in stride(from: 3.0, through: 19, by: 2) {
            term *= -x * x / (n * (n - 1))
            sum += term
        }
        return angle >= 180 ? -sum : sum
    }

    /// How many seconds universal time, which follows the turning earth, lags behind the even time of astronomers (ΔT, polynomials of Espenak
    /// and Meeus). What the second half of this century brings is a guess of a minute or two.
    private static func clockLag(year: Double) -> Double {
        let t = year - 2000
        if year < 1986 {
            let u = year - 1975
            return 45.45 + u * (1.067 - u * (1.0 / 260 + u / 718))
        }
        if year < 2005 { return 63.86 + t * (0.3345 + t * (-0.060374 + t * (0.0017275 + t * (0.000651814 + t * 0.00002373599)))) }
        if year < 2050 { return 62.92 + t * (0.32217 + t * 0.005589) }
        let centuries = (year - 1820) / 100
        return -20 + 32 * centuries * centuries - 0.5628 * (2150 - year)
    }

    /// The pull of the sun and the moon's own path: Meeus' table for the new moon. `m` and `n` are the anomalies of sun and moon, `f` the moon's
    /// argument of latitude, `e` the shrinking eccentricity of the earth's path.
    private static func periodicTerms(_ k: Double, _ t: Double) -> Double {
        let e = 1 - t * (0.002516 + t * 0.0000074)
        let m = 2.5534 + 29.10535670 * k - t * t * (0.0000014 + t * 0.00000011)
        let n = 201.5643 + 385.81693528 * k + t * t * (0.0107582 + t * (0.00001238 - t * 0.000000058))
        let f = 160.7108 + 390.67050284 * k - t * t * (0.0016118 + t * (0.00000227 - t * 0.000000011))
        let node = 124.7746 - 1.56375588 * k + t * t * (0.0020672 + t * 0.00000215)
        let terms: [(Double, Double)] = [
            (-0.40720, n), (0.17241 * e, m), (0.01608, 2 * n), (0.01039, 2 * f), (0.00739 * e, n - m), (-0.00514 * e, n + m),
            (0.00208 * e * e, 2 * m), (-0.00111, n - 2 * f), (-0.00057, n + 2 * f), (0.00056 * e, 2 * n + m), (-0.00042, 3 * n),
            (0.00042 * e, m + 2 * f), (0.00038 * e, m - 2 * f), (-0.00024 * e, 2 * n - m), (-0.00017, node), (-0.00007, n + 2 * m),
            (0.00004, 2 * n - 2 * f), (0.00004, 3 * m), (0.00003, n + m - 2 * f), (0.00003, 2 * n + 2 * f), (-0.00003, n + m + 2 * f),
            (0.00003, n - m + 2 * f), (-0.00002, n - m - 2 * f), (-0.00002, 3 * n + m), (0.00002, 4 * n),
        ]
        return terms.reduce(0) { $0 + $1.0 * sine($1.1) }
    }

    /// The pull of the planets: fourteen angles with their weights.
    private static func planetaryTerms(_ k: Double, _ t: Double) -> Double {
        let terms: [(angle: Double, rate: Double, weight: Double)] = [
            (299.77 - 0.009173 * t * t, 0.107408, 0.000325), (251.88, 0.016321, 0.000165), (251.83, 26.651886, 0.000164),
            (349.42, 36.412478, 0.000126), (84.66, 18.206239, 0.000110), (141.74, 53.303771, 0.000062), (207.14, 2.453732, 0.000060),
            (154.84, 7.306860, 0.000056), (34.52, 27.261239, 0.000047), (207.19, 0.121824, 0.000042), (291.34, 1.844379, 0.000040),
            (161.72, 24.198154, 0.000037), (239.56, 25.513099, 0.000035), (331.55, 3.592518, 0.000023),
        ]
        return terms.reduce(0) { $0 + $1.weight * sine($1.angle + $1.rate * k) }
    }
}
