namespace Baton.Evaluation.Sequential;

/// <summary>Tickets with an event in the two arms of an experiment, drawn with one share.</summary>
/// <param name="Share">Of tickets that went to the candidate, 0 to 1 and neither.</param>
internal readonly record struct ArmCounts(double Share, long Candidate, long Control)
{
    /// <summary>The same with the arms exchanged: more there is fewer here.</summary>
    public ArmCounts Exchanged => new(1 - Share, Control, Candidate);
}

/// <summary>A figure of two arms under one share.</summary>
internal readonly record struct ArmSums(SampleSums Candidate, SampleSums Control);

/// <summary>How many values, their sum and the sum of their squares.</summary>
internal readonly record struct SampleSums(long N, double Sum, double Squares)
{
    public double Mean => N == 0 ? 0 : Sum / N;

    /// <summary>Of the values; 0 with fewer than two.</summary>
    public double Variance => N < 2 ? 0 : Math.Max(0, (Squares - Sum * Sum / N) / (N - 1));
}
