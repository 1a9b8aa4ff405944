/// The look of a page: one sheet, light and dark, for screens of any width and for paper.
enum Stylesheet {
    static let sheet: StaticString = """

        :root{--page:#f6f7f9;--card:#fff;--ink:#1b2330;--soft:#5b6675;
        --line:#dfe3e9;--track:#e9ecf1;--live:#2f7fd1;--held:#b06d10;--reusable:#f6e3c4;
        --stuck:#cf3f4f;--begun:#8a63c9;--quiet:#75808f;--s0:#b06d10;--s1:#2f7fd1;--s2:#2f8a66;
        --s3:#8a63c9;--s4:#cf5f7f;--s5:#75808f;--critical:#b3202f;--critical-bg:#fdebec;
        --warning:#8f5a00;--warning-bg:#fdf2dd;--notice:#1d5fa8;--notice-bg:#e8f1fb;
        --myth:#6b3fa6;--myth-bg:#f2ebfb;--good:#1f7a4d;--good-bg:#e6f5ec;
        --l0:#a65a08;--l1:#1f6fc4;--l2:#23805a;--l3:#7a4fc0;--l4:#bb3f62;--l5:#66717f;
        --better:#1f7a4d;--worse:#b3202f}
        @media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--page:#12161c;--card:#1a2028;--ink:#e4e9f0;
        --soft:#98a4b3;--line:#2c3541;--track:#29313c;--live:#5aa2ea;--held:#e0a04a;
        --reusable:#54431f;--stuck:#e46673;--begun:#ac8be3;--quiet:#8490a0;--s0:#e0a04a;
        --s1:#5aa2ea;--s2:#56b892;--s3:#ac8be3;--s4:#e08aa4;--s5:#8490a0;--critical:#ff8a94;
        --critical-bg:#3d1d22;--warning:#f0bd62;--warning-bg:#372a13;--notice:#8cbdf3;
        --notice-bg:#182c43;--myth:#c6a8f2;--myth-bg:#2d2140;--good:#79d0a0;--good-bg:#16321f;--l0:#e8a851;--l1:#63aaf0;--l2:#5fc79b;--l3:#b59aea;
        --l4:#e991ab;--l5:#8d99a8;--better:#79d0a0;--worse:#ff8a94}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--ink);
        font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
        overflow-wrap:anywhere}
        main{max-width:1080px;margin:0 auto;padding:28px 24px 56px}
        code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;
        font-size:.9em}
        p{margin:.5em 0}
        h2{font-size:1.06rem;margin:0 0 .6em;letter-spacing:-.005em}
        h2.part{font-size:1.5rem;letter-spacing:-.015em;margin:2.2em 0 .6em;padding-top:.9em;
        border-top:2px solid var(--line)}
        main>h2.part:first-child{margin-top:0;padding-top:0;border-top:0}
        h2.section{margin:1.8em 0 .5em}
        header{margin-bottom:20px}
        .items{color:var(--soft);font-size:.9rem;margin:0 0 1.1em}
        .items span+span:before{content:"·";margin:0 .5em;color:var(--quiet)}
        h1{font-size:clamp(1.4rem,3.6vw,2.1rem);line-height:1.22;letter-spacing:-.02em;
        font-weight:680;margin:.35em 0 .7em;text-wrap:balance}
        h3.headline{font-size:1.28rem;line-height:1.3;font-weight:680;margin:.5em 0 .8em}
        .headline.critical{color:var(--c)}
        a{color:inherit;text-underline-offset:.2em}
        footer{color:var(--soft);font-size:.84rem;margin-top:2em}
        .chip{display:inline-block;font-size:.72rem;font-weight:700;letter-spacing:.07em;
        text-transform:uppercase;line-height:1;padding:.42em .7em;border-radius:99px}
        .critical{--c:var(--critical);--b:var(--critical-bg)}
        .warning{--c:var(--warning);--b:var(--warning-bg)}
        .notice{--c:var(--notice);--b:var(--notice-bg)}
        .myth{--c:var(--myth);--b:var(--myth-bg)}
        .good{--c:var(--good);--b:var(--good-bg)}
        .chip{color:var(--c);background:var(--b)}
        .word{color:var(--c);font-weight:650}
        .soft{color:var(--soft)}
        .keys{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:12px;margin:0}
        .key{background:var(--card);border:1px solid var(--line);border-radius:12px;
        padding:14px 18px;display:flex;flex-direction:column-reverse;justify-content:flex-end}
        .key dd{margin:0;font-size:2rem;font-weight:680;letter-spacing:-.03em;line-height:1.2;
        font-variant-numeric:tabular-nums;color:var(--c,var(--ink))}
        .key .was{font-size:.58em;font-weight:500;color:var(--soft);letter-spacing:0}
        .key dd.change{font-size:.95rem;font-weight:600;letter-spacing:0;color:var(--soft);order:-1;
        margin-top:.15em}
        .key dd.change.better{color:var(--better)}
        .key dd.change.worse{color:var(--worse)}
        .key dt{color:var(--soft);font-size:.86rem;line-height:1.4}
        .figures{display:flex;flex-wrap:wrap;gap:6px 22px;margin:0 0 20px;padding:0;list-style:none;
        font-size:.88rem}
        .figures b{font-variant-numeric:tabular-nums;margin-left:.35em}
        .card{background:var(--card);border:1px solid var(--line);border-radius:12px;
        padding:18px 20px;margin:0 0 16px}
        .finding{border-left:4px solid var(--c)}
        .finding h2{font-size:1.12rem;margin:.55em 0 .1em}
        .finding .rule{font-size:.86rem;color:var(--soft);margin-left:.6em}
        .observed{font-size:1.02rem;margin:.6em 0}
        .do{margin:.9em 0;padding:0;list-style:none;counter-reset:n}
        .do>li{counter-increment:n;position:relative;padding:10px 0 10px 40px;
        border-top:1px solid var(--line)}
        .do>li:before{content:counter(n);position:absolute;left:0;top:11px;width:25px;height:25px;
        border-radius:50%;background:var(--track);text-align:center;font-size:.84rem;
        line-height:25px;font-weight:650}
        .kind{font-size:.74rem;color:var(--soft);border:1px solid var(--line);border-radius:5px;
        padding:.1em .45em;margin-left:.5em;white-space:nowrap}
        pre{background:var(--track);border-radius:8px;padding:9px 12px;margin:.6em 0;overflow-x:auto;
        white-space:pre-wrap}
        .price{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:.5em 0 0;
        font-size:.92rem}
        .price dt{color:var(--soft)}
        .price dd{margin:0}
        .proof{font-size:.86rem;color:var(--soft);margin:.7em 0 0}
        .scroll{overflow-x:auto;margin:0 -20px;padding:0 20px}
        .scroll:focus-visible{outline:2px solid var(--live);outline-offset:-2px}
        table{border-collapse:collapse;width:100%;font-size:.88rem}
        caption{text-align:left}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
        white-space:nowrap}
        th{color:var(--soft);font-weight:600;text-align:left;font-size:.92em;white-space:nowrap}
        th,td{padding:7px 16px 7px 0;border-bottom:1px solid var(--line);vertical-align:top}
        th{white-space:normal}
        tbody tr:last-child td{border-bottom:0}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
        td.n{white-space:nowrap}
        td:not(.n){overflow-wrap:anywhere;min-width:4.6em}
        td:first-child:not(.n){min-width:9em}
        td svg{display:block;margin-top:6px;min-width:70px}
        th:last-child,td:last-child{padding-right:0}
        details{margin-top:10px;font-size:.88rem}
        summary{cursor:pointer;color:var(--soft)}
        details[open] summary{margin-bottom:8px}
        svg.chart{display:block;overflow:visible}
        svg text{fill:var(--ink);font-size:13px;font-family:inherit}
        svg text.value{font-weight:650}
        svg text.mark{fill:var(--soft);font-size:11.5px}
        .track{fill:var(--track)}
        rect.reusable,rect.quiet{stroke-width:1px}
        rect.reusable{stroke:var(--held)}
        .legend i.reusable{border:1.5px solid var(--held)}
        .live{fill:var(--live);background:var(--live)}
        .held{fill:var(--held);background:var(--held)}
        .reusable{fill:var(--reusable);background:var(--reusable)}
        .stuck{fill:var(--stuck);background:var(--stuck)}
        .begun{fill:var(--begun);background:var(--begun)}
        .quiet{fill:var(--quiet);background:var(--quiet)}
        .s0{fill:var(--s0);background:var(--s0)}
        .s1{fill:var(--s1);background:var(--s1)}
        .s2{fill:var(--s2);background:var(--s2)}
        .s3{fill:var(--s3);background:var(--s3)}
        .s4{fill:var(--s4);background:var(--s4)}
        .s5{fill:var(--s5);background:var(--s5)}
        line.mark{stroke:var(--soft);stroke-dasharray:3 3;stroke-width:1}
        line.grid{stroke:var(--line);stroke-width:1}
        line.axis{stroke:var(--quiet);stroke-width:1}
        .plot{overflow:visible}
        .plot polyline,.plot polygon{vector-effect:non-scaling-stroke}
        polyline{fill:none;stroke-linejoin:round}
        .l0,.l1,.l2,.l3,.l4,.l5{stroke-width:2.5px}
        .l0{stroke:var(--l0)}
        .l1{stroke:var(--l1);stroke-dasharray:9 4}
        .l2{stroke:var(--l2);stroke-dasharray:2.5 3.5}
        .l3{stroke:var(--l3);stroke-dasharray:12 4 2.5 4}
        .l4{stroke:var(--l4);stroke-dasharray:16 6}
        .l5{stroke:var(--l5);stroke-dasharray:5 3}
        .band{opacity:.18}
        .layer{stroke:var(--card);stroke-width:1.5px}
        .dot{fill:var(--card);stroke-dasharray:none}
        line.moment{stroke:var(--critical);stroke-width:1.5px}
        line.zero{stroke:var(--soft);stroke-width:1.5px}
        .point{overflow:visible}
        .point path,.sample path{stroke:var(--card);stroke-width:1.5px;paint-order:stroke}
        .better path{fill:var(--better)}
        .worse path{fill:var(--worse)}
        .same path,.more path,.less path{fill:var(--soft)}
        .unclear path{fill:var(--card);stroke:var(--soft);stroke-width:2px;paint-order:normal}
        line.reach{stroke:var(--soft);stroke-width:2px}
        line.reach.better{stroke:var(--better)}
        line.reach.worse{stroke:var(--worse)}
        svg text.tick,svg text.note,svg text.layer,svg text.front,svg text.frontEnd{
        paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
        svg text.tick{fill:var(--soft);font-size:11.5px}
        svg text.note{fill:var(--critical);font-size:12.5px;font-weight:650}
        svg text.layer{font-size:12px;font-weight:650}
        svg text.frontEnd{font-weight:650}
        svg.few{max-width:720px;margin:0 auto}
        line.life{stroke:var(--quiet);stroke-width:1.5px}
        line.way{stroke:var(--ink);stroke-width:1.6px}
        line.lost{stroke:var(--critical)}
        line.duplicate{stroke:var(--l3);stroke-dasharray:7 4}
        line.crafted{stroke:var(--l0);stroke-dasharray:2.5 3.5;stroke-width:2.2px}
        line.concluded{stroke:var(--soft);stroke-width:.8px}
        .head{fill:var(--ink);stroke:none}
        .head.duplicate{fill:var(--l3)}
        .head.crafted{fill:var(--l0)}
        .head.concluded{fill:var(--soft)}
        path.cross{fill:none;stroke:var(--critical);stroke-width:2.4px}
        path.source{fill:var(--card);stroke:var(--l3);stroke-width:2px}
        path.source.crafted{stroke:var(--l0)}
        .rift{fill:var(--card);stroke:none}
        .torn{stroke:var(--quiet);stroke-width:1px}
        svg text.said,svg text.state,svg text.aside,svg text.time{
        paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
        svg text.actor{font-weight:680}
        svg text.said{font-size:12px}
        svg text.said.lost{fill:var(--critical)}
        svg text.said.duplicate{fill:var(--l3)}
        svg text.said.crafted{fill:var(--l0)}
        svg text.said.concluded{fill:var(--soft)}
        svg text.state{font-size:11px;font-weight:650}
        svg text.aside{fill:var(--soft);font-size:12px;font-style:italic}
        svg text.time{fill:var(--soft);font-size:11.5px;font-variant-numeric:tabular-nums}
        line.edge{stroke:var(--quiet);stroke-width:1px}
        line.first{stroke:var(--l1);stroke-width:2.6px}
        line.second{stroke:var(--l0);stroke-width:2.6px;stroke-dasharray:7 4}
        line.both{stroke:var(--l3);stroke-width:4px}
        .head.edge{fill:var(--quiet)}
        .head.first{fill:var(--l1)}
        .head.second{fill:var(--l0)}
        .head.both{fill:var(--l3)}
        rect.node{fill:var(--card);stroke:var(--line);stroke-width:1px}
        rect.visited{fill:var(--track);stroke:var(--ink);stroke-width:1.6px}
        svg text.node{font-size:11px;fill:var(--soft)}
        svg text.visited{fill:var(--ink);font-weight:650}
        svg text.cause{font-size:11.5px;paint-order:stroke;stroke:var(--card);stroke-width:4px;
        stroke-linejoin:round}
        .sample{margin-right:.5em;vertical-align:-.15em}
        .legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:12px 0 0;padding:0;
        font-size:.84rem;color:var(--soft)}
        .legend i{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:.5em}
        .facts{display:grid;grid-template-columns:max-content 1fr;gap:5px 22px}
        .facts dt{color:var(--soft)}
        .facts dd{margin:0}
        .remark{color:var(--soft);font-size:.92rem;margin:.3em 0}
        .remark b{color:var(--ink);font-weight:650}
        @media (min-width:561px){.remark code{white-space:nowrap}}
        @media (max-width:560px){main{padding:18px 14px 40px}.card{padding:15px 14px}
        .wide,.wide tbody,.wide tr,.wide caption:not(.unseen){display:block}
        .wide thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .wide tr{border-bottom:1px solid var(--line);padding:8px 0}
        .wide tr:last-child{border-bottom:0}
        .wide td{display:block;border:0;padding:1px 0;text-align:left;white-space:normal}
        .wide td.n{display:inline-block;margin-right:16px}
        .wide td[data-label]:not(:first-child):before{content:attr(data-label) " ";
        color:var(--soft)}
        .wide td:first-child{font-weight:650}
        .wide td:empty{display:none}
        table:not(.wide) td:first-child:not(.n){min-width:6em}
        table:not(.wide) td.n{white-space:normal}
        .scroll{margin:0 -14px;padding:0 14px}.keys{grid-template-columns:1fr 1fr}
        .key:last-child:nth-child(odd){grid-column:1/-1}
        .key{padding:11px 13px}.key dd{font-size:1.5rem}
        .facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.45em}
        .do>li{padding-left:34px}.price{gap:2px 10px}}
        @media print{:root{--page:#fff}body{font-size:10.5pt;-webkit-print-color-adjust:exact;
        print-color-adjust:exact}main{max-width:none;padding:0}
        .scroll{overflow:visible;margin:0;padding:0}.remark code{white-space:normal}
        .key,.do>li,figure,tr,svg{break-inside:avoid}h2{break-after:avoid}
        table{font-size:8pt}th,td{padding-right:7px}td.n,th.n{white-space:normal}
        td:first-child:not(.n){min-width:7em}details:not([open]){display:none}}

        """
}
