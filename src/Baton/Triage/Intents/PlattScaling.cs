namespace Baton.Triage.Intents;

/// <summary>Platt's scaling, with his targets for few positives (Platt 1999).</summary>
internal static class PlattScaling
{
    /// <summary>What makes scores log odds, by Newton's method.</summary>
    public static (double Slope, double Offset) Fit(IReadOnlyList<(double Score, bool Yes)> answers)
    {
        var positives = answers.Count(a => a.Yes);
        var (high, low) = ((positives + 1.0) / (positives + 2), 1.0 / (answers.Count - positives + 2));
        var (slope, offset) = (1.0, 0.0);
        for (var step = 0; step < 20; step++)
        {
            double g0 = 0, g1 = 0, h00 = 1e-6, h01 = 0, h11 = 1e-6;
            foreach (var (score, yes) in answers)
            {
                var p = 1 / (1 + Math.Exp(-(slope * score + offset)));
                var (error, weight) = (p - (yes ? high : low), p * (1 - p));
                (g0, g1) = (g0 + error * score, g1 + error);
                (h00, h01, h11) = (h00 + weight * score * score, h01 + weight * score, h11 + weight);
            }
            var determinant = h00 * h11 - h01 * h01;
            if (!(determinant > 1e-12)) break;
            slope = Math.Clamp(slope - (h11 * g0 - h01 * g1) / determinant, 0.01, 100);
            offset = Math.Clamp(offset - (h00 * g1 - h01 * g0) / determinant, -50, 50);
        }
        return (slope, offset);
    }
}
