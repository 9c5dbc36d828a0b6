using System.ComponentModel.DataAnnotations;

namespace Baton.Evaluation.Production;

/// <summary>How many real decisions are scored.</summary>
internal sealed record ScoringPlan
{
    /// <summary>Of the decisions of a day, the share that is drawn. Default 0.05.</summary>
    [Range(0, 1)]
    public double Share { get; init; } = 0.05;

    /// <summary>Of those under the confidence floor, or rated with one or two stars. Default 0.5.</summary>
    [Range(0, 1)]
    public double ShareOfDoubtful { get; init; } = 0.5;

    /// <summary>Of the drawn ones, how many a model judges as well, where one is configured. Default 0: none.</summary>
    [Range(0, 10_000)]
    public int JudgedByModels { get; init; }
}
