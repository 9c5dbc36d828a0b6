using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace Baton.Server.Pages.Frame;

/// <summary>Icons from <c>wwwroot/lib/icons</c>, put into the page so that they take the colour of the text.</summary>
internal sealed class Icons(IWebHostEnvironment environment)
{
    private readonly ConcurrentDictionary<string, MarkupString> _read = new();

    /// <summary>The icon's markup, empty when the browser libraries are missing.</summary>
    public MarkupString Of(string name) => _read.GetOrAdd(name, key =>
    {
        var file = environment.WebRootFileProvider.GetFileInfo($"lib/icons/{key}.svg");
        if (!file.Exists) return default;
        using var reader = new StreamReader(file.CreateReadStream());
        var svg = reader.ReadToEnd();
        // A comment with tags stands before the drawing; it is decoration, so readers of the page skip it.
        return (MarkupString)svg[Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))..]
            .Replace("<svg", "<svg class=\"icon\" aria-hidden=\"true\"", StringComparison.Ordinal);
    });
}
