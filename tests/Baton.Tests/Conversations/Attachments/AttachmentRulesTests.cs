using System.Text;
using Baton.Conversations.Attachments;

namespace Baton.Tests.Conversations.Attachments;

public sealed class AttachmentRulesTests
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13];

    public static TheoryData<string, byte[], string?> Files => new()
    {
        { "photo.png", Png, null },
        { "photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], null },
        { "anim.gif", "GIF89a...."u8.ToArray(), null },
        { "pic.webp", "RIFF....WEBPVP8 "u8.ToArray(), null },
        { "invoice.pdf", "%PDF-1.7\n"u8.ToArray(), null },
        { "notes.txt", "The stove is broken. é"u8.ToArray(), null },
        { "orders.csv", "id;date\n1;2026-11-01\n"u8.ToArray(), null },
        { "letter.docx", "PK\u0003\u0004....[Content_Types].xml....word/document.xml"u8.ToArray(), null },
        { "table.xlsx", "PK\u0003\u0004....[Content_Types].xml....xl/workbook.xml"u8.ToArray(), null },
        { "film.mp4", "\0\0\0 ftypisom"u8.ToArray(), null },
        { "photo.heic", "\0\0\0 ftypheic"u8.ToArray(), null },
        { "voice.ogg", "OggS...."u8.ToArray(), null },
        // A name says nothing about the content, and the other way round.
        { "photo.png", "MZ....This program"u8.ToArray(), "its content is application/x-msdownload" },
        { "photo.png", [0x7F, .. "ELF"u8], "its content is application/x-executable" },
        { "invoice.pdf", "<html><script>"u8.ToArray(), "its content is text/html" },
        { "picture.txt", "  <svg onload=alert(1)>"u8.ToArray(), "its content is image/svg+xml" },
        { "run.txt", "#!/bin/sh\nrm"u8.ToArray(), "its content is text/x-script" },
        { "all.zip", "PK\u0003\u0004....a.txt"u8.ToArray(), "its content is application/zip" },
        { "letter.docx", "PK\u0003\u0004[Content_Types].xml word/ vbaProject.bin"u8.ToArray(),
            "its content is application/vnd.ms-office.macroEnabled" },
        { "old.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1], "its content is application/x-ole-storage" },
        { "noise", [1, 2, 3, 0, 255], "its content is application/octet-stream" },
        { "noise.txt", [0xC3, 0x28], "its content is application/octet-stream" },
        { "invoice.pdf.exe", "%PDF-1.7\n"u8.ToArray(), "files named .exe can run" },
        { "start.BAT", "echo hello"u8.ToArray(), "files named .BAT can run" },
        { "page.html", "hello"u8.ToArray(), "files named .html can run" },
        { "empty.txt", [], "it is empty" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Judges_a_file_by_its_content_and_its_ending(string name, byte[] body, string? why)
    {
        var row = Assert.Single(Rows(new InboundAttachment(name, body)));

        Assert.Equal(why, row.NotStored);
        Assert.Equal(why is null, row.Body is not null && row.Sha256 is not null);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Users\Ann\photo.png", "photo.png")]
    [InlineData("photo\r\nSet-Cookie: a.png", "photoSet-Cookie a.png")]
    [InlineData("gpj\u202Eexe.png", "gpjexe.png")]
    [InlineData("", "file")]
    [InlineData("...", "file")]
    [InlineData("a\"b<c>.png", "abc.png")]
    public void Keeps_of_a_name_what_cannot_mislead(string given, string name) =>
        Assert.Equal(name, AttachmentRules.Name(given));

    [Fact]
    public void Cuts_a_long_name_before_its_ending()
    {
        var name = AttachmentRules.Name(new string('a', 500) + ".png");

        Assert.Equal(120, name.Length);
        Assert.EndsWith(".png", name, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_as_many_files_and_bytes_as_are_allowed_and_says_which_were_too_many()
    {
        var options = new AttachmentOptions { PerMessage = 2, LargestBytes = 100, BytesPerMessage = 150 };
        var rows = AttachmentRules.Rows("T-1", 1,
        [
            Text("a.txt", 101), Text("b.txt", 100), Text("c.txt", 60), Text("d.txt", 50), Text("e.txt", 1),
            new InboundAttachment("f.txt", default) { NotRead = "the mail was too large", Size = 99 },
        ], options);

        Assert.Equal(
        [
            "it has 101 bytes, 100 are kept at most", null, "the files of its message have more than 150 bytes", null,
            "its message has more than 2 files", "the mail was too large",
        ], rows.Select(r => r.NotStored));
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Select(r => r.Number));
        Assert.Equal(99, rows[^1].Size);
    }

    private static InboundAttachment Text(string name, int length) =>
        new(name, Encoding.UTF8.GetBytes(new string('x', length)));

    private static IReadOnlyList<AttachmentRow> Rows(params InboundAttachment[] files) =>
        AttachmentRules.Rows("T-1", 1, files, new AttachmentOptions());
}
