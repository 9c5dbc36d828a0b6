using Baton.Playbooks.Rules;

namespace Baton.Playbooks.Acting;

/// <summary>A read that code makes before a call, and whose answer is a trusted fact.</summary>
/// <param name="Name">Under which its answer stands for facts and conditions: <c>order</c>.</param>
/// <param name="Tool">A tool of risk <c>read</c>.</param>
/// <param name="Inputs">Its inputs, each as a place such as <c>input.order_id</c>.</param>
/// <param name="At">Place in the answer that is taken; null: all of it.</param>
public sealed record ToolLookup(string Name, string Tool, IReadOnlyDictionary<string, string> Inputs, string? At);

/// <summary>A condition without which a tool is never called.</summary>
/// <param name="Name">Names the clause in events and messages.</param>
public sealed record Precondition(string Name, Condition Condition);

/// <summary>The look-up that tells whether an effect is there.</summary>
/// <param name="Tool">A tool of risk <c>read</c>.</param>
/// <param name="Inputs">Each as a place: <c>input.order_id</c>, <c>effect.key</c>.</param>
/// <param name="Done">Place in its answer that has a value when the effect is there.</param>
public sealed record ToolReconcile(
    string Tool, IReadOnlyDictionary<string, string> Inputs, string Done, ToolReceipt Receipt);

/// <summary>Places in an answer that prove an effect; null where it proves none.</summary>
public sealed record ToolReceipt(string? Reference = null, string? Amount = null, string? Currency = null);
