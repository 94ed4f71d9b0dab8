using System.Globalization;
using System.Net;
using System.Text;
using Agency.Api.Http;

namespace Agency.Api.Reviews;

/// <summary>A paper as a page to be printed: A4, black on white, one file without anything to load.</summary>
internal static class PaperPage
{
    private const string Style = """
        @page { size: A4; margin: 25mm 25mm 22mm }
        body { font: 16px/1.8 "FangSong", "Noto Serif CJK SC", "Songti SC", serif; color: #000; background: #fff; max-width: 46em; margin: 2em auto; padding: 0 1em }
        h1 { font-size: 24px; text-align: center; margin: 0 0 .2em }
        h2 { font-size: 18px; font-family: "SimHei", "Noto Sans CJK SC", sans-serif; margin: 1.4em 0 .3em; break-after: avoid }
        .number, .foot { text-align: center } .foot { font-size: 12px; margin-top: 2.5em; border-top: 1px solid #000; padding-top: .5em; word-break: break-all }
        ol, ul { margin: .2em 0; padding-left: 2em } li { break-inside: avoid } ul { list-style: "— " }
        @media print { body { margin: 0; max-width: none; padding: 0 } }
        """;

    public static string Of(PaperView paper, RequestLanguage language)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"{language.Tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{E(paper.Title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{E(paper.Title)}</h1>\n");
        if (paper.Number is { } number) page.Append(CultureInfo.InvariantCulture, $"<p class=\"number\">{E(number)}</p>\n");
        foreach (var (index, section) in paper.Sections.Index()) Section(index, section);
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"foot\">{E(Filled("asOf", ("asOf", paper.AsOf.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)), ("calendarVersion", $"{paper.CalendarVersion}")))}<br>{E(Filled("contentHash", ("contentHash", paper.ContentHash)))}</p>\n</body>\n</html>\n");
        return page.ToString();

        void Section(int index, PaperSectionView section)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{E(Numbered(index, section.Heading))}</h2>\n");
            if (section.Points.Count == 0) page.Append(CultureInfo.InvariantCulture, $"<p>{E(PaperTexts.Label("none", language))}</p>\n");
            else page.Append("<ol>\n").AppendJoin("", section.Points.Select(Point)).Append("</ol>\n");
        }

        string Filled(string code, params (string Name, string Value)[] values) => Template.Fill(PaperTexts.Label(code, language), values);

        string Numbered(int index, string heading) => language == RequestLanguage.English ? $"{index + 1}. {heading}" : $"{"一二三四五六七八九"[index]}、{heading}";
    }

    private static string Point(PaperPointView point) => point.Details.Count == 0
        ? $"<li>{E(point.Text)}</li>\n"
        : $"<li>{E(point.Text)}\n<ul>\n{string.Concat(point.Details.Select(d => $"<li>{E(d)}</li>\n"))}</ul>\n</li>\n";

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
