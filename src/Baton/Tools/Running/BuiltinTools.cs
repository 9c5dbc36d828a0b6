using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Tools.Running;

/// <summary>Functions of Baton's own that tool files may name under <c>builtin</c>.</summary>
internal static class BuiltinTools
{
    /// <summary><c>now</c>: the time, which no model knows.</summary>
    public static BuiltinTool Now(IServiceProvider services)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        return new BuiltinTool("now", (_, _) => Task.FromResult(
            JsonSerializer.SerializeToElement(new { now = clock.GetUtcNow() })));
    }
}
