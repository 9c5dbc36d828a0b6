using Baton.Text;

namespace Baton.Triage.Instructions;

/// <summary>
/// What a word can mean in an instruction to a model. The words are in <c>Words/instructions.txt</c>.
/// </summary>
[Flags]
internal enum InstructionWord
{
    None = 0,
    /// <summary>ignore, forget, disregard …</summary>
    Drop = 1,
    /// <summary>previous, above, prior, all …</summary>
    Past = 2,
    /// <summary>instructions, prompts, rules …</summary>
    Rule = 4,
    /// <summary>everything, alles, todo …</summary>
    Everything = 8,
    /// <summary>show, reveal, repeat …</summary>
    Show = 16,
    /// <summary>system, initial, hidden …</summary>
    Inner = 32,
    /// <summary>prompt, instructions, configuration …</summary>
    Prompt = 64,
    /// <summary>your, deine, tu …</summary>
    Your = 128,
    /// <summary>before, said, told, davor …</summary>
    Told = 256,
}

/// <summary>The words of the rules by their key.</summary>
internal static class InstructionWords
{
    private static readonly Dictionary<ulong, InstructionWord> Words = [];
    private static readonly List<(string Phrase, InstructionKind Kind)> PhraseList = [];

    static InstructionWords()
    {
        const string name = "Baton.Triage.Instructions.Words.instructions.txt";
        using var reader = new StreamReader(typeof(InstructionWords).Assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split(": ", 2);
            if (Enum.TryParse<InstructionWord>(parts[0], out var word))
                foreach (var form in parts[1].Split(' ')) Words[Key(form)] = Words.GetValueOrDefault(Key(form)) | word;
            else
                foreach (var phrase in parts[1].Split(" | "))
                    PhraseList.Add((" " + Letters.Normalize(phrase) + " ", Enum.Parse<InstructionKind>(parts[0])));
        }
    }

    /// <summary>Sentences that give an attempt away, with a space on both sides.</summary>
    public static IReadOnlyList<(string Phrase, InstructionKind Kind)> Phrases => PhraseList;

    public static InstructionWord Of(ReadOnlySpan<char> normalWord) =>
        Words.GetValueOrDefault(FeatureKey.Of(0, normalWord));

    private static ulong Key(string word) => FeatureKey.Of(0, Letters.Normalize(word));
}
