namespace Baton.Conversations.Findings;

/// <summary>A trigger that fired, with the value that fired it.</summary>
/// <param name="Detail">For people: what was seen, against which threshold.</param>
public sealed record TriggerFinding(string Name, string Detail, double? Value = null, double? Threshold = null);
