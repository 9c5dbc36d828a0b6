using System.Text.Json;

namespace Baton.Tools;

/// <summary>What became of a tool call.</summary>
internal abstract record ToolResult
{
    private ToolResult() { }

    /// <summary>The tool answered with JSON.</summary>
    /// <param name="Data">What this customer may see of it.</param>
    /// <param name="OrderValue">Value of the order for rules, whoever asks; null when the tool names none.</param>
    public sealed record Ok(JsonElement Data, double? OrderValue) : ToolResult
    {
        /// <summary>Whether it is known to be about something that belongs to who asks.</summary>
        public bool IsOwner { get; init; }
    }

    /// <summary>The tool was not called: an input does not fit, and is as good as missing.</summary>
    public sealed record BadInput(string Input, string Why) : ToolResult;

    /// <summary>
    /// It is about something that belongs to another customer: nothing is shown, and a person looks at it.
    /// </summary>
    public sealed record NotTheirs : ToolResult;

    /// <summary>The tool answered that there is no such thing (404).</summary>
    public sealed record NotFound : ToolResult;

    /// <summary>It was not asked, because it is known to be down.</summary>
    public sealed record Broken(string Dependency) : ToolResult;

    /// <summary>No usable answer.</summary>
    /// <param name="IsTransient">Whether the same call may work later.</param>
    /// <param name="MayHaveHappened">Whether it may have had its effect all the same.</param>
    public sealed record Failed(string Why, bool IsTransient, bool MayHaveHappened = false) : ToolResult;
}
