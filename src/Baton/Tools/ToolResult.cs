using System.Text.Json;

namespace Baton.Tools;

/// <summary>What became of a tool call.</summary>
internal abstract record ToolResult
{
    private ToolResult() { }

    /// <summary>The tool answered with JSON.</summary>
    public sealed record Ok(JsonElement Data) : ToolResult;

    /// <summary>The tool answered that there is no such thing (404).</summary>
    public sealed record NotFound : ToolResult;

    /// <summary>No usable answer.</summary>
    /// <param name="IsTransient">Whether the same call may work later.</param>
    public sealed record Failed(string Why, bool IsTransient) : ToolResult;
}
