using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Baton.Channels.Chat;

/// <summary>The window itself, <c>chat.js</c>: made of the files in <c>Window/</c>, packed once.</summary>
internal sealed class ChatScript
{
    private static readonly string[] Parts = ["parts.js", "wire.js", "view.js", "window.js"];

    private readonly byte[] _plain;
    private readonly EntityTagHeaderValue _tag;

    public ChatScript()
    {
        _plain = Encoding.UTF8.GetBytes(
            $"(() => {{\n'use strict';\nconst CSS = {JsonSerializer.Serialize(Read("style.css"))};\n"
            + string.Join('\n', Parts.Select(Read)) + "})();\n");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(_plain);
        Packed = packed.ToArray();
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(_plain))[..16]}\"");
    }

    /// <summary>As it is written.</summary>
    public string Text => Encoding.UTF8.GetString(_plain);

    /// <summary>As it goes over the line.</summary>
    public byte[] Packed { get; }

    private static string Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream($"Baton.Channels.Chat.Window.{file}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    public IResult Answer(HttpContext http)
    {
        var headers = http.Response.Headers;
        (headers.CacheControl, headers.Vary, headers["Cross-Origin-Resource-Policy"], headers.AccessControlAllowOrigin) =
            ("public, max-age=3600", "Accept-Encoding", "cross-origin", "*");
        var gzip = http.Request.GetTypedHeaders().AcceptEncoding
            .Any(encoding => encoding.Value == "gzip" && encoding.Quality is null or > 0);
        if (gzip) headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(gzip ? Packed : _plain, "text/javascript; charset=utf-8", entityTag: _tag);
    }
}
