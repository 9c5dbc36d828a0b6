namespace Baton.Knowledge.Choice;

/// <summary>How well the sections of a reply cover one question.</summary>
/// <param name="Shown">Probability that the section that answers it best is among those shown.</param>
/// <param name="Near">How near the nearest questions of the shown sections are to it, 0–1.</param>
/// <param name="Elsewhere">How near those of a section that is not shown are.</param>
internal sealed record QuestionCover(double Shown, double Near, double Elsewhere);
